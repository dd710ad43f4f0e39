# A server for the measurements beside this file, which source it: `serve` starts one on a free loopback port with empty
# folders of its own and sets $url and $server; it is stopped and its folders are removed when the script ends.
# $START is what starts it, plain `java -jar` when it is not set.
jar="$PWD/target/callboard.jar"
[ -f "$jar" ] || { echo "$0: build first: mvn package -DskipTests" >&2; exit 1; }
work="$(mktemp -d)"
server=
trap 'stop; rm -rf "$work"' EXIT

serve() { # options of serve...
  : > "$work/out"
  url=
  # shellcheck disable=SC2086 # a command and its options
  (cd "$work" && exec ${START:-java -jar "$jar"} serve --port 0 --data data --config config "$@" > out 2> err) &
  server=$!
  while [ -z "$url" ]; do
    kill -0 "$server" 2>/dev/null || { cat "$work/err" >&2; exit 1; }
    sleep 0.01
    url="$(sed -n 's/^Callboard is listening on //p' "$work/out")"
  done
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
