#!/usr/bin/env bash
# Measures very many clients of the palette, of which a fifth stops reading, while the palette changes 100 times a second for 30
# seconds, after 10 that do not count: how long readers wait for a change, how much heap the server uses (512 MB at most) and
# how many of those that do not read it ends. The clients run on the same cores.
# usage: bench/crowd.sh [CLIENTS] [PERCENT] [CHANGES] [SECONDS]   (default 10,000 clients, 20 percent, 100 a second, 30 seconds)
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/server.sh
ulimit -n "$(ulimit -Hn)"
START="java -Xmx512m -jar $jar"
clients="${1:-10000}"

compile
serve
peak=0
: > "$work/rows"
java -Xmx4g -cp "$work/classes:$jar" dev.callboard.load.Crowd "$url" "$clients" "${2:-20}" "${3:-100}" "${4:-30}" > "$work/rows" &
crowd=$!
while kill -0 "$crowd" 2>/dev/null; do
  # Live objects and what is not collected yet.
  used="$(jcmd "$server" GC.heap_info | awk '/heap +total/ {sub(/.*used /, ""); print $1 + 0}')"
  [ "${used:-0}" -le "$peak" ] || peak="$used"
  sleep 1
done
wait "$crowd"
jcmd "$server" GC.run > /dev/null
live="$(jcmd "$server" GC.heap_info | awk '/heap +total/ {sub(/.*used /, ""); print $1 + 0}')"
mapfile -t rows < "$work/rows"
table "$clients clients" "${rows[@]}" "heap used at most, MiB:$((peak / 1024))" "live heap afterwards, MiB:$((live / 1024))" \
  "memory in RAM afterwards, MiB:$(($(rss) / 1024))"
machine
