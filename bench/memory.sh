#!/usr/bin/env bash
# Measures what an idle client of the feed costs a fresh server that bin/callboard started: memory in RAM and live heap,
# after a collection each, before and with the clients. Prints the median and the range of the rounds.
# usage: bench/memory.sh [ROUNDS] [CLIENTS]   (default 5 rounds, 1,000 clients)
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/server.sh
export XDG_CACHE_HOME="$work/cache"
START="$PWD/bin/callboard"
clients="${2:-1000}"

heap() { # KiB that live objects take
  jcmd "$server" GC.run > /dev/null
  jcmd "$server" GC.heap_info | awk '/generation|garbage-first/ {sub(/.*used /, ""); sum += $1 + 0} END {print sum}'
}

follow() { # how many; sets $follower, and descriptor 3, which ends it
  mkfifo "$work/input"
  : > "$work/open"
  java -Xmx512m -cp "$jar" bench/load/dev/callboard/load/IdleClients.java "$url" "$1" < "$work/input" > "$work/open" &
  follower=$!
  exec 3> "$work/input"
  until grep -q open "$work/open"; do
    kill -0 "$follower"
    sleep 0.1
  done
}

leave() {
  exec 3>&-
  wait "$follower"
  rm "$work/input"
}

serve                                               # makes the data folder and leaves the archive
stop
ram=(); live=()
for _ in $(seq 1 "${1:-5}"); do
  serve
  follow 50                                         # what only the first client loads is nobody's
  leave
  heap_before="$(heap)"; rss_before="$(rss)"
  follow "$clients"
  heap_with="$(heap)"; rss_with="$(rss)"
  leave
  stop
  ram+=("$(awk -v a="$rss_before" -v b="$rss_with" -v n="$clients" 'BEGIN {printf "%.1f", (b - a) / n}')")
  live+=("$(awk -v a="$heap_before" -v b="$heap_with" -v n="$clients" 'BEGIN {printf "%.1f", (b - a) / n}')")
done
table "per client, of $clients" \
  "RSS, KiB: ${ram[*]}" \
  "live heap, KiB: ${live[*]}"
machine
