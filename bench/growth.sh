#!/usr/bin/env bash
# Measures what a data folder with many finished tasks costs: durable steps (the load of bench/steps.sh) and the longest POSTs,
# which wait for a checkpoint; the time of a start to the first HTTP 200, and of a start after `kill -9` in the middle of that
# work, with a log of 4.5 to 5 MB. Each on a folder with no more than the tasks of one second and on a copy of it that has so
# many tasks more, in turn, so that both see the same machine. The tasks are rows as the server wrote them for one task, written
# again with other ids and times while no server runs. The small folder is new in each round; the large one keeps what the
# rounds before added. Prints the median and the range of the rounds.
# usage: bench/growth.sh [TASKS] [ROUNDS] [SECONDS]   (default 100,000 tasks, 3 rounds, 4 seconds of each number in flight)
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/server.sh
tasks="${1:-100000}"
rounds="${2:-3}"
seconds="${3:-4}"
declare -A figures
names=()

add() { # folder, name, figure
  [ -n "${figures[$1, $2]:-}" ] || [ "$1" = full ] || names+=("$2")
  figures[$1, $2]+=" $3"
}

die() { # which folder: as a process does whose machine gives it no time
  local worker
  mkdir "$work/floor"
  load StepLoad "$url" "$server" "$work/floor" 1 1 > "$work/rows" 2>&1 &
  worker=$!
  until [ "$(stat -c %s "$work/$1/db/callboard.log")" -gt 4500000 ]; do
    kill -0 "$worker"
    sleep 0.01
  done
  kill -9 "$server"
  wait "$server" 2> /dev/null || true
  server=
  wait "$worker" || true
  rm -r "$work/floor"
}

mib() { # file or folder
  du -sk "$1" | awk '{printf "%.1f", $1 / 1024}'
}

round() { # which folder, number of the round
  local row name
  DATA="$1"
  timed_serve --plugins plugins
  add "$1" "start to the first 200, ms" "$ms"
  mkdir "$work/floor-$1-$2"
  load StepLoad "$url" "$server" "$work/floor-$1-$2" 1 "$seconds" > "$work/rows"
  while read -r row; do
    name="${row%:*}"
    case "$name" in
      *steps/s | *"POST p99.9, ms" | *"CPU ms a task, server and database") add "$1" "$name" "${row##*:}" ;;
    esac
  done < "$work/rows"
  die "$1"
  add "$1" "log at kill -9, MiB" "$(mib "$work/$1/db/callboard.log")"
  timed_serve --plugins plugins
  add "$1" "start to the first 200 after it, ms" "$ms"
  stop
}

compile
trivial_stages
serve --plugins plugins
load FirstTasks "$url"
stop
cp -r "$work/data" "$work/full"
rows="$(load TaskCopies "$work/full" "$tasks")"
DATA=full serve --plugins plugins                   # checks the files once more at each later start
stop
sync                                                # else the disk is still busy with that while it is measured
size="$(mib "$work/full")"

for number in $(seq 1 "$rounds"); do
  rm -rf "$work/empty"
  cp -r "$work/data" "$work/empty"
  sync
  if [ $(( number % 2 )) = 1 ]; then order=(empty full); else order=(full empty); fi
  for folder in "${order[@]}"; do
    round "$folder" "$number"
  done
done

shown=()
for name in "${names[@]}"; do
  empty="${figures[empty, $name]}"
  full="${figures[full, $name]}"
  shown+=("$name, empty:$empty" "$name, full:$full")
  if [[ "$name" = *steps/s ]]; then
    shown+=("$name, full / empty:$(paste <(printf '%s\n' $empty) <(printf '%s\n' $full) | awk '{printf " %.2f", $2 / $1}')")
  fi
done
table "$rounds rounds of $seconds s, $tasks tasks more" "${shown[@]}"
echo "The folder of $tasks tasks, $rows rows each, has $size MiB."
machine
