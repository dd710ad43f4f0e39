#!/usr/bin/env bash
# Measures durable steps: tasks of 7 trivial stages, POST over HTTP, their end seen on the feed's topic `tasks`, with 1, 16 and
# 64 in flight in each round, after a warm-up of 20 s; first with the embedded database, then with a PostgreSQL server of its
# own. CPU is user and system of the server's process, its compiler included, and of all processes of PostgreSQL; statements,
# commits and syncs are the server's own counts. The load runs on the same cores. Beside them floors: what the same disk and a
# bare database do. Prints the median and the range of the rounds.
# usage: bench/steps.sh [ROUNDS] [SECONDS] [hsqldb|postgresql]   (default 5 rounds, 4 seconds of each, both databases)
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/server.sh

compile
trivial_stages
for database in ${3:-hsqldb postgresql}; do
  if [ "$database" = postgresql ]; then
    serve_postgres
  fi
  DATA="$database" serve --plugins plugins
  mkdir "$work/floor-$database"
  load StepLoad "$url" "$server" "$work/floor-$database" "${1:-5}" "${2:-4}" \
    ${postgres:+"$postgres" "jdbc:${CALLBOARD_DATABASE_URL}?user=callboard"} > "$work/rows"
  mapfile -t rows < "$work/rows"
  table "$database, ${1:-5} rounds of ${2:-4} s" "${rows[@]}"
  stop
  stop_postgres
done
machine
