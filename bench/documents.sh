#!/usr/bin/env bash
# Measures the way of documents from files to the graph, by the shipped pipeline `auto` on the jar as it is delivered: the papers of
# each number, some 3 KB of text each and no two alike, as one task, on a server with a heap of 256 MB and an empty data folder. The
# time of the task, the most memory that the server and its plugins had in RAM, each alone, and the sizes on the disk.
# usage: bench/documents.sh [NUMBER]...   (default 100 300 1000)
set -euo pipefail
cd "$(dirname "$0")/.."
pipelines="$PWD/config/pipelines"
. bench/server.sh
export START="java -Xmx256m -jar $jar"

papers() { # folder, how many
  python3 - "$1" "$2" << 'END'
import pathlib
import random
import sys

folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
folder.mkdir()
words = random.Random(17)
known = ["".join(words.choice("aeiou") + words.choice("bdfgklmnprst") for _ in range(words.randint(1, 4))) for _ in range(4000)]
for paper in range(count):
    own = random.Random(paper)
    lines = [f"Survey {paper} of the harbour\n"]
    for paragraph in range(6):
        sentences = [" ".join(own.choice(known) for _ in range(own.randint(8, 20))).capitalize() + "." for _ in range(6)]
        lines.append(f"Trial NCT{10000000 + paper * 7 + paragraph} found this on 1{paragraph} May 2019. " + " ".join(sentences) + "\n")
    (folder / f"paper-{paper}.txt").write_text("\n".join(lines))
END
}

peak() { # process: the most KiB that it had in RAM
  awk '/^VmHWM/ {print $2}' "/proc/$1/status" 2> /dev/null || echo 0
}

watch_memory() { # while the server lives: name and MiB of each process
  while kill -0 "$server" 2> /dev/null; do
    echo "server $(peak "$server")"
    for child in $(pgrep -P "$server" -f ForkMain || true); do
      echo "$(tr '\0' '\n' < "/proc/$child/cmdline" 2> /dev/null | tail -2 | head -1) $(peak "$child")"
    done
    sleep 1
  done >> "$work/memory"
}

echo "| papers | chunks | s | ms a paper | peak RSS of the server, MiB | of the plugins | data folder, MiB |"
echo "| --- | --- | --- | --- | --- | --- | --- |"
for number in "${@:-100 300 1000}"; do
  for count in $number; do
    rm -rf "$work/papers" "$work/data" "$work/config" "$work/memory"
    mkdir "$work/config"
    cp -r "$pipelines" "$work/config/"
    papers "$work/papers" "$count"
    serve
    watch_memory &
    watcher=$!
    begin="$(date +%s%N)"
    java -jar "$jar" run auto --server "$url" --input "$work/papers" --json > "$work/task" 2> "$work/progress" \
      || { tail -5 "$work/progress" >&2; exit 1; }
    ms=$(( ($(date +%s%N) - begin) / 1000000 ))
    chunks="$(python3 -c "
import json, sys
task = json.load(open(sys.argv[1]))
print([each['output']['chunks_indexed'] for each in task['executions'] if each['stage'] == 'index'][0])" "$work/task")"
    stop
    wait "$watcher"
    row="$(awk '{if ($2 > most[$1]) most[$1] = $2} END {for (name in most) if (name != "server") printf "%s %d ", name, most[name] / 1024
      print "|" int(most["server"] / 1024)}' "$work/memory")"
    echo "| $count | $chunks | $(( ms / 1000 )) | $(( ms / count )) | ${row##*|} | ${row%%|*}| $(du -sm "$work/data" | cut -f1) |"
  done
done
machine
