#!/bin/bash
# A study on Dask inside one job: a scheduler, a worker a task, and the command that owns the store.
#   sbatch slurm-dask.sh experiments/terms/study.yaml
#SBATCH --job-name=orgsim
#SBATCH --ntasks=65
#SBATCH --cpus-per-task=1
#SBATCH --time=02:00:00
#SBATCH --signal=B:TERM@120
set -u
study=$1
file=$SLURM_SUBMIT_DIR/.dask-$SLURM_JOB_ID.json
export ORGSIM_CACHE=${ORGSIM_CACHE:-$HOME/.cache/orgsim}
# Dask looks after itself a little less, which leaves the processor to the model.
export DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED=False DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL=500ms
export DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL=5s DASK_DISTRIBUTED__SCHEDULER__WORK_STEALING=False
srun --exact -n1 dask scheduler --scheduler-file "$file" --no-dashboard &
srun --exact -n$((SLURM_NTASKS - 2)) dask worker --scheduler-file "$file" --nthreads 1 --no-dashboard \
  --local-directory "${TMPDIR:-/tmp}" --death-timeout 60 &
while [ ! -f "$file" ]; do sleep 1; done
orgsim experiment run "$study" --scheduler "$file" --commit-every 30 --yes --quiet &
runner=$!
trap 'kill -TERM $runner' TERM
wait $runner || wait $runner
code=$?
rm -f "$file"
kill $(jobs -p) 2>/dev/null
exit $code
