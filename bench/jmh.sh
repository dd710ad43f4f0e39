#!/usr/bin/env bash
# Runs the benchmarks: bench/jmh.sh [NAME...], all without a name. Compare figures of one run only: machines are noisy.
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q -B -Pbench -DskipPlugins test-compile dependency:build-classpath -Dmdep.outputFile=target/bench.cp -Dmdep.includeScope=test
classes="target/classes:target/test-classes:$(cat target/bench.cp)"
java -cp "$classes" org.openjdk.jmh.Main -prof gc -rf text -rff target/jmh.txt "${@:-.*Benchmark}"
java -XX:+UseSerialGC -Xmx2g -cp "$classes" dev.callboard.registry.PaletteMemory
