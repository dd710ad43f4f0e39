package dev.callboard.registry;

import dev.callboard.palette.StageResolver.Resolved;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Finding what runs a stage type: in the palette, against a switch written by hand over the ten document stages. Goal: at
 * most 1.5 times the switch, and no allocation in 10,000 lookups (see {@code gc.alloc.rate.norm}).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StageResolutionBenchmark {
    private static final int LOOKUPS = 10_000;
    private static final List<String> TYPES = List.of(
            "ingest",
            "parse",
            "ir-validation",
            "chunk",
            "embed",
            "index",
            "extract",
            "knowledge-graph",
            "download",
            "gate");

    private final String[] asked = new String[LOOKUPS];
    private final List<Optional<Resolved>> known = new ArrayList<>();
    private PublishedPalette palette;

    /** Fills a palette with the built-in stages, and asks as a server does: with strings that came from elsewhere. */
    @Setup
    public void fill() {
        palette = Palettes.of(BuiltinStages.load().values());
        TYPES.forEach(type -> known.add(palette.resolve(type)));
        Random random = new Random(42);
        for (int i = 0; i < LOOKUPS; i++) {
            asked[i] = new String(TYPES.get(random.nextInt(TYPES.size())).toCharArray());
        }
    }

    /** What the engine does. */
    @Benchmark
    @OperationsPerInvocation(LOOKUPS)
    public void palette(Blackhole hole) {
        for (String type : asked) {
            hole.consume(palette.resolve(type));
        }
    }

    /** What an engine that knows its stages would do. */
    @Benchmark
    @OperationsPerInvocation(LOOKUPS)
    public void hardCodedSwitch(Blackhole hole) {
        for (String type : asked) {
            hole.consume(switched(type));
        }
    }

    private Optional<Resolved> switched(String type) {
        return switch (type) {
            case "ingest" -> known.get(0);
            case "parse" -> known.get(1);
            case "ir-validation" -> known.get(2);
            case "chunk" -> known.get(3);
            case "embed" -> known.get(4);
            case "index" -> known.get(5);
            case "extract" -> known.get(6);
            case "knowledge-graph" -> known.get(7);
            case "download" -> known.get(8);
            case "gate" -> known.get(9);
            default -> Optional.empty();
        };
    }
}
