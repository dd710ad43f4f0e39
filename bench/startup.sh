#!/usr/bin/env bash
# Measures the time from starting the jar to the first HTTP 200 on an existing data folder, plain and with class-data
# sharing, in turn, so that both see the same machine. Prints the median and the range of each in milliseconds.
# usage: bench/startup.sh [ROUNDS]   (default 7)
set -euo pipefail
cd "$(dirname "$0")/.."
rounds="${1:-7}"
jar="$PWD/target/callboard.jar"
plugins="$PWD/plugins"
[ -f "$jar" ] || { echo "bench/startup.sh: build first: mvn package -DskipTests" >&2; exit 1; }
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

start() { # JVM options...; sets $ms
  local begin url i
  : > out
  begin="$(date +%s%N)"
  java "$@" -jar "$jar" --port 0 --plugins "$plugins" > out 2> err &
  local pid=$!
  for i in $(seq 1 3000); do
    url="$(sed -n 's/^Callboard is listening on //p' out)"
    [ -n "$url" ] && curl -fs -o /dev/null "$url/api/vp" && break
    kill -0 "$pid" 2>/dev/null || { cat err >&2; exit 1; }
    sleep 0.01
  done
  ms=$(( ($(date +%s%N) - begin) / 1000000 ))
  kill "$pid"
  wait "$pid" || true
}

report() { # name, figures...
  local name="$1"; shift
  printf '%s\n' "$@" | sort -n | awk -v name="$name" '{v[NR]=$1} END {printf "%-28s median %5d ms   min %5d   max %5d\n", name, v[int((NR+1)/2)], v[1], v[NR]}'
}

start                                             # makes the data folder
start -XX:ArchiveClassesAtExit="$work/callboard.jsa"
plain=(); shared=()
for _ in $(seq 1 "$rounds"); do
  start; plain+=("$ms")
  start -XX:SharedArchiveFile="$work/callboard.jsa"; shared+=("$ms")
done
java -version 2>&1 | head -1
report "plain" "${plain[@]}"
report "with class-data sharing" "${shared[@]}"
