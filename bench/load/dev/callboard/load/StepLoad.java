package dev.callboard.load;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Loads a server that has {@link TrivialStages} with tasks of all of them, 1, 16 and 64 in flight in each round, and
 * measures the floors of the machine beside. Prints rows for the {@code table} of {@code bench/server.sh}.
 */
final class StepLoad {
    private static final int[] IN_FLIGHT = {1, 16, 64};
    private static final String STATEMENTS = "callboard_db_statements_total";
    private static final String COMMITS = "callboard_db_write_seconds_count";
    private static final String SYNCS = "callboard_db_syncs_total";

    /** What is compiled after so long without a pause is what runs from then on. */
    private static final long WARM_UP_MS = 20_000;

    private static final long FLOOR_MS = 1_000;

    private final ProcessCpu process;
    private final ServerCalls calls;
    private final RoundFigures rows = new RoundFigures();

    private StepLoad(ServerCalls calls, ProcessCpu process) {
        this.process = process;
        this.calls = calls;
    }

    /**
     * Arguments: the server's address and process id, a folder on its disk, rounds, seconds of a window; with PostgreSQL also the
     * process id and the JDBC address of its server.
     */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("io.netty.jfr.enabled", "false");
        Vertx vertx = Vertx.vertx();
        URI server = URI.create(arguments[0]);
        boolean postgres = arguments.length > 5;
        ProcessCpu process = new ProcessCpu(Long.parseLong(arguments[1]), postgres ? Long.parseLong(arguments[5]) : 0);
        ServerCalls calls = new ServerCalls(vertx, server);
        StepLoad load = new StepLoad(calls, process);
        StepPipeline.put(calls);
        try (Floors floors = postgres
                        ? Floors.ofPostgres(Path.of(arguments[2]), arguments[6])
                        : Floors.ofHsqldb(Path.of(arguments[2]));
                TaskLoad tasks = new TaskLoad(vertx, server, StepPipeline.NAME, IN_FLIGHT[IN_FLIGHT.length - 1])) {
            load.measure(
                    tasks,
                    floors,
                    Integer.parseInt(arguments[3]),
                    TimeUnit.SECONDS.toMillis(Long.parseLong(arguments[4])));
        } finally {
            vertx.close().await();
        }
    }

    private void measure(TaskLoad tasks, Floors floors, int rounds, long windowMs) throws Exception {
        for (int inFlight : IN_FLIGHT) {
            tasks.run(inFlight, WARM_UP_MS / IN_FLIGHT.length);
        }
        floors.transactions(FLOOR_MS);
        for (int round = 0; round < rounds; round++) {
            for (int inFlight : IN_FLIGHT) {
                window(tasks, inFlight, windowMs);
            }
            rows.add("floor: appends of 4 KiB with fdatasync, per s", "%.0f", floors.appends(FLOOR_MS));
            rows.add("floor: transactions of one row by JDBC, per s", "%.0f", floors.transactions(FLOOR_MS));
            rows.add("floor: transactions of a step's rows by JDBC, p50, ms", "%.3f", floors.stepMs(FLOOR_MS));
        }
        rows.print();
    }

    private void window(TaskLoad tasks, int inFlight, long windowMs) {
        Map<String, Double> before = figures();
        double cpu = process.ms();
        TaskLoad.Result result = tasks.run(inFlight, windowMs);
        double cpuMs = process.ms() - cpu;
        Map<String, Double> after = figures();
        int count = result.tasks().size();
        String at = inFlight + " in flight, ";
        rows.add(at + "steps/s", "%.0f", count * TrivialStages.COUNT / result.seconds());
        List<Double> times = sorted(result, TaskLoad.Done::taskMs);
        rows.add(at + "task p50, ms", "%.2f", RoundFigures.percentile(times, 50));
        rows.add(at + "task p99, ms", "%.2f", RoundFigures.percentile(times, 99));
        List<Double> posts = sorted(result, TaskLoad.Done::postMs);
        rows.add(at + "POST p50, ms", "%.2f", RoundFigures.percentile(posts, 50));
        rows.add(at + "POST p99.9, ms", "%.2f", RoundFigures.percentile(posts, 99.9));
        if (inFlight == 1) {
            rows.add(at + "step to step p50, ms", "%.2f", RoundFigures.percentile(stepToStep(result), 50));
        }
        rows.add(at + "CPU ms a task, server and database", "%.2f", cpuMs / count);
        rows.add(at + "SQL statements a task", "%.1f", (after.get(STATEMENTS) - before.get(STATEMENTS)) / count);
        rows.add(at + "commits a task", "%.2f", (after.get(COMMITS) - before.get(COMMITS)) / count);
        rows.add(at + "fsyncs a task", "%.2f", (after.get(SYNCS) - before.get(SYNCS)) / count);
    }

    private static List<Double> sorted(TaskLoad.Result result, ToDoubleFunction<TaskLoad.Done> figure) {
        return result.tasks().stream().mapToDouble(figure).sorted().boxed().toList();
    }

    /** From the code of one stage to that of the next, in milliseconds. */
    private static List<Double> stepToStep(TaskLoad.Result result) {
        return result.tasks().stream()
                .map(done -> done.view().getJsonObject("state_keys"))
                .flatMap(moments -> IntStream.range(1, TrivialStages.COUNT)
                        .mapToObj(number -> (moments.getLong(TrivialStages.key(number + 1))
                                        - moments.getLong(TrivialStages.key(number)))
                                / 1e6))
                .sorted()
                .toList();
    }

    /** The figures without labels that the server counts. */
    private Map<String, Double> figures() {
        String text = calls.send(HttpMethod.GET, "/metrics", "").await();
        return text.lines()
                .filter(line -> !line.startsWith("#") && !line.contains("{"))
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(line -> line[0], line -> Double.parseDouble(line[1])));
    }
}
