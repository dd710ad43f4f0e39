#!/usr/bin/env bash
# Measures a change of the palette, from its call (PUT /api/vp/stages/ID) until the last client of the feed's topic `palette`
# has it, and in the same rounds how long a bare Vert.x server, a JVM of its own with the same options, takes to bring a
# message of the same bytes to as many WebSockets. 100 changes of each a round, one after the other, after 2,000 with one client
# and 400 with all that are not counted; the clients of both stay connected, and run on the same cores. Both servers are without
# Java's second compiler: on two cores it takes one from a broadcast that needs both, now and then for minutes, and the bare
# server has nothing left to compile; JAVA_OPTS=-XX:+TieredCompilation measures with it. Prints the median and the range of the rounds.
# usage: bench/fanout.sh [ROUNDS] [CLIENTS...]   (default 5 rounds; 1, 100 and 1,000 clients; JAVA_OPTS for both servers)
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/server.sh
rounds="${1:-5}"
clients=("${@:2}")
[ ${#clients[@]} -gt 0 ] || clients=(1 100 1000)
# shellcheck disable=SC2206 # options are words
options=(${JAVA_OPTS:--XX:TieredStopAtLevel=1})
START="java ${options[*]} -jar $jar"

compile
serve
mkfifo "$work/input"
java "${options[@]}" -cp "$work/classes:$jar" dev.callboard.load.BareBroadcast < "$work/input" > "$work/bare" &
bare=$!
exec 3> "$work/input"
trap 'exec 3>&-; wait "$bare" || true; stop; rm -rf "$work"' EXIT
until [ -s "$work/bare" ]; do
  kill -0 "$bare"
  sleep 0.01
done
load FanOut "$url" "$(cat "$work/bare")" "$rounds" "${clients[@]}" > "$work/rows"
mapfile -t rows < "$work/rows"
table "$rounds rounds of 100 changes" "${rows[@]}"
machine
