#!/bin/bash
# The same where no shared disk can be trusted with many writers: each job writes a store of its own, and they are
# taken together afterwards, on any machine:
#   orgsim experiment adopt experiments/terms/study.yaml "$HOME"/orgsim-shards/*
#SBATCH --job-name=orgsim
#SBATCH --array=1-16
#SBATCH --cpus-per-task=8
#SBATCH --time=02:00:00
#SBATCH --signal=B:TERM@120
set -u
study=$1
export ORGSIM_CACHE=${ORGSIM_CACHE:-$HOME/.cache/orgsim}
orgsim experiment run "$study" --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
  --store "$HOME/orgsim-shards/$SLURM_ARRAY_TASK_ID" \
  --workers "$SLURM_CPUS_PER_TASK" --commit-every 30 --yes --quiet &
trap 'kill -TERM $!' TERM
wait $! || wait $!
