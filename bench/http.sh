#!/usr/bin/env bash
# Measures calls of a server on this machine: GET /api/vp/stages plain and with gzip over 16 connections, and POST
# /api/tasks with 16 tasks in flight. All of them in each round; prints the median and the range of the rounds.
# usage: bench/http.sh [ROUNDS] [SECONDS]   (default 5 rounds, 4 seconds of each)
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/server.sh
compile
serve
load HttpLoad "$url" "$server" "${1:-5}" "${2:-4}"
machine
