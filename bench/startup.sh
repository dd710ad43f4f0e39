#!/usr/bin/env bash
# Measures a start on an existing data folder, by plain `java -jar` and by bin/callboard in turn, so that both see the same
# machine, with the plugins that travel in the jar: the time to the first HTTP 200, the CPU used until then (user and system),
# and the memory in RAM 10 s later.
# Prints the median and the range of the rounds.
# usage: bench/startup.sh [ROUNDS]   (default 7)
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/server.sh
export XDG_CACHE_HOME="$work/cache"

start() { # sets $ms, $seconds and $mib
  timed_serve
  seconds="$(cpu)"
  sleep 10
  mib="$(( $(rss) / 1024 ))"
  stop
}

START="$PWD/bin/callboard"
start                                               # makes the data folder and leaves the archive
declare -A times cpus memory
ways=("java -jar" "bin/callboard")
for _ in $(seq 1 "${1:-7}"); do
  for way in "${ways[@]}"; do
    if [ "$way" = "java -jar" ]; then START="java -jar $jar"; else START="$PWD/bin/callboard"; fi
    start
    times[$way]+=" $ms"; cpus[$way]+=" $seconds"; memory[$way]+=" $mib"
  done
done
rows=()
for way in "${ways[@]}"; do
  rows+=("$way, ms to the first 200:${times[$way]}" "$way, CPU s until then:${cpus[$way]}" "$way, idle RSS, MiB:${memory[$way]}")
done
table "start" "${rows[@]}"
machine
