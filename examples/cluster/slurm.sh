#!/bin/bash
# One allocation with Redis, the workers and the run in it: sbatch slurm.sh --strategy cma-es --evaluations 500000
# Options are those of "baldwin evolve". Submitted again, it goes on with the run of the same name.
#SBATCH --job-name=baldwin
#SBATCH --nodes=10
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=32
#SBATCH --time=24:00:00
# Two minutes before the end, the run is asked to finish its step.
#SBATCH --signal=B:TERM@120
set -euo pipefail

name=${BALDWIN_RUN:-$SLURM_JOB_NAME}
port=$((20000 + SLURM_JOB_ID % 10000))
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
folder=$(mktemp -d)
export BALDWIN_REDIS="redis://:$password@$(hostname):$port"

# The password is read from a file that the owner alone may read, so that no list of processes shows it.
(umask 077; printf 'port %s\nrequirepass %s\nsave ""\nappendonly no\nmaxmemory-policy noeviction\ndir %s\n' \
  "$port" "$password" "$folder" > "$folder/redis.conf")
redis-server "$folder/redis.conf" > "$folder/redis.log" &
redis=$!
trap 'kill $redis; rm -rf "$folder"' EXIT
until [ "$(REDISCLI_AUTH=$password redis-cli -h "$(hostname)" -p "$port" ping 2>/dev/null)" = PONG ]; do sleep 0.2; done

# One worker on each node, with a thread for each core of its own.
srun --overlap --export=ALL npx baldwin worker --redis --workers "$SLURM_CPUS_PER_TASK" &
workers=$!

if [ -d "runs/$name" ]; then
  npx baldwin resume "$name" --redis --no-pictures &
else
  npx baldwin evolve --redis --name "$name" --no-pictures "$@" &
fi
run=$!
trap 'kill -TERM $run' TERM
# A signal ends the first wait; the second one is for the step under way.
wait $run || wait $run || true
kill -TERM $workers
wait $workers || true
