#!/bin/bash
# A study as an array of jobs without a scheduler of our own: each runs its part into one store on a shared disk.
#   sbatch slurm-array.sh experiments/terms/study.yaml
# Submit it again until `orgsim experiment status` says complete: only what is missing is run.
#SBATCH --job-name=orgsim
#SBATCH --array=1-16
#SBATCH --cpus-per-task=8
#SBATCH --time=02:00:00
#SBATCH --signal=B:TERM@120
set -u
study=$1
export ORGSIM_CACHE=${ORGSIM_CACHE:-$HOME/.cache/orgsim}
orgsim experiment run "$study" --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
  --workers "$SLURM_CPUS_PER_TASK" --commit-every 30 --yes --quiet &
trap 'kill -TERM $!' TERM     # two minutes before the end: finish what is in flight, keep it
wait $! || wait $!
