# A server for the measurements beside this file, which source it: `serve` starts one on a free loopback port with empty
# folders of its own and sets $url and $server; it is stopped and its folders are removed when the script ends.
# $START is what starts it, plain `java -jar` when it is not set; $DATA its data folder, `data` when it is not set.
jar="$PWD/target/callboard.jar"
[ -f "$jar" ] || { echo "$0: build first: mvn package -DskipTests" >&2; exit 1; }
work="$(mktemp -d)"
server=
trap 'stop; stop_postgres; rm -rf "$work"' EXIT

serve() { # options of serve...
  : > "$work/out"
  url=
  # shellcheck disable=SC2086 # a command and its options
  (cd "$work" && exec ${START:-java -jar "$jar"} serve --port 0 --data "${DATA:-data}" --config config "$@" > out 2> err) &
  server=$!
  while [ -z "$url" ]; do
    kill -0 "$server" 2>/dev/null || { cat "$work/err" >&2; exit 1; }
    sleep 0.01
    url="$(sed -n 's/^Callboard is listening on //p' "$work/out")"
  done
}

# Starts a PostgreSQL server as it is delivered, on a free loopback port, and lets `serve` use
# it; sets $postgres to its process. It needs the programs of PostgreSQL: on the PATH, in $PG_BIN, or where Debian puts them.
postgres=
serve_postgres() {
  local programs port as=()
  programs="${PG_BIN:-$(dirname "$(command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb | tail -1)")}"
  [ -x "$programs/initdb" ] || { echo "$0: PostgreSQL is missing; install its server, or set PG_BIN" >&2; exit 1; }
  port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
  mkdir "$work/postgres"
  if [ "$(id -u)" = 0 ]; then # it does not run as root
    chmod 711 "$work"
    chown nobody "$work/postgres"
    as=(setpriv --reuid nobody --clear-groups)
  fi
  (cd "$work/postgres" && "${as[@]}" "$programs/initdb" -D data -A trust -U callboard > initdb.log \
    && "${as[@]}" "$programs/pg_ctl" -D data -o "-p $port -k $work/postgres -h 127.0.0.1" -l log -w start > pg_ctl.log)
  postgres="$(head -1 "$work/postgres/data/postmaster.pid")"
  export CALLBOARD_DATABASE_URL="postgresql://127.0.0.1:$port/postgres"
}

stop_postgres() {
  if [ -n "$postgres" ]; then
    kill -INT "$postgres"
    tail --pid="$postgres" -f /dev/null
    postgres=
    unset CALLBOARD_DATABASE_URL
  fi
}

# As serve; sets $ms to the milliseconds until the first 200.
timed_serve() { # options of serve...
  local begin
  begin="$(date +%s%N)"
  serve "$@"
  until curl -fs -o /dev/null "$url/api/vp"; do
    kill -0 "$server"
  done
  ms=$(( ($(date +%s%N) - begin) / 1000000 ))
}

stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" || true
    server=
  fi
}

# Compiles the programs in bench/load.
compile() {
  javac -proc:none -cp "$jar" -d "$work/classes" bench/load/dev/callboard/load/*.java
}

# Runs one of them.
load() { # class, arguments...
  java -cp "$work/classes:$jar" "dev.callboard.load.$1" "${@:2}"
}

# Makes the plugin of the trivial stages in the folder `plugins`; after compile.
trivial_stages() {
  mkdir -p "$work/plugin/META-INF/callboard" "$work/plugin/META-INF/services" "$work/plugins"
  echo dev.callboard.load.TrivialStages > "$work/plugin/META-INF/services/dev.callboard.spi.StagePlugin"
  local any number
  any='[{"name": "any", "type": "any"}]'
  for number in 1 2 3 4 5 6 7; do
    printf '{"id": "trivial-%d", "name": "Trivial %d", "type": "stage", "executor": "java", "state_key": "trivial_%d", ' \
      "$number" "$number" "$number"
    printf '"ports": {"inputs": %s, "outputs": %s}}\n' "$any" "$any"
  done | paste -sd, | sed 's/.*/{"stages": [&]}/' > "$work/plugin/META-INF/callboard/stages.json"
  printf 'Callboard-Api: 1\nImplementation-Title: Trivial stages\n' > "$work/manifest"
  jar --create --file "$work/plugins/trivial.jar" --manifest "$work/manifest" \
    -C "$work/plugin" META-INF -C "$work/classes" dev/callboard/load/TrivialStages.class
}

# Seconds of CPU, user and system, that the server has used.
cpu() {
  awk -v hertz="$(getconf CLK_TCK)" '{printf "%.2f", ($14 + $15) / hertz}' "/proc/$server/stat"
}

# KiB of memory that the server has in RAM.
rss() {
  awk '/^VmRSS/ {print $2}' "/proc/$server/status"
}

# Prints the median and the range of rows of figures.
table() { # what, "NAME: FIGURE FIGURE..."...
  echo "| $1 | median | min | max |"
  echo "| --- | --- | --- | --- |"
  shift
  local row
  for row in "$@"; do
    printf '%s\n' ${row##*:} | sort -n | awk -v name="${row%:*}" \
      '{v[NR] = $1} END {print "| " name " | " v[int((NR + 1) / 2)] " | " v[1] " | " v[NR] " |"}'
  done
}

# What it ran on, and how busy that was with other things.
machine() {
  echo "$(nproc) cores, $(java -version 2>&1 | head -1), load average $(cut -d' ' -f1-3 /proc/loadavg)"
}
