#!/usr/bin/env bash
# Measures durable steps: tasks of 7 trivial stages, POST over HTTP, their end seen on the feed's topic `tasks`, with 1, 16 and
# 64 in flight in each round, after a warm-up of 20 s. The server's CPU is user and system of its process, its compiler
# included; statements, commits and syncs are the server's own counts. The load runs on the same cores. Beside them floors:
# what the same disk and a bare database do. Prints the median and the range of the rounds.
# usage: bench/steps.sh [ROUNDS] [SECONDS]   (default 5 rounds, 4 seconds of each)
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/server.sh

compile
trivial_stages
serve --plugins plugins
load StepLoad "$url" "$server" "$work" "${1:-5}" "${2:-4}" > "$work/rows"
mapfile -t rows < "$work/rows"
table "${1:-5} rounds of ${2:-4} s" "${rows[@]}"
machine
