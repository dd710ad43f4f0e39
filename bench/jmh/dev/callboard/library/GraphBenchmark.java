package dev.callboard.library;

import dev.callboard.library.LibraryMessages.FindNodes;
import dev.callboard.library.LibraryMessages.GetGraph;
import dev.callboard.library.LibraryMessages.GraphReply;
import dev.callboard.store.DataFolder;
import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import dev.callboard.testing.Databases;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A graph of 100,000 nodes with few and with ten times as many edges: the most connected
 * nodes and what relates them, and the nodes of a name. Goal: as fast with many edges as with few.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 2)
public class GraphBenchmark {
    private static final int NODES = 100_000;
    private static final int BATCH = 10_000;
    private static final String[] SYLLABLES = {
        "ma", "la", "ri", "fe", "ver", "tox", "gen", "car", "di", "o", "neu", "ro", "pa", "thy", "vi", "rus", "chol"
    };

    /** How many edges. */
    @Param({"50000", "500000"})
    public int edges;

    /** Which database. */
    @Param({"hsqldb", "postgresql"})
    public String database;

    private final Vertx vertx = Vertx.vertx();
    private DataFolder folder;
    private Database opened;
    private GraphWalk walk;

    /** Makes the graph of one project. */
    @Setup
    public void fill() throws IOException {
        System.setProperty("callboard.test.database", database);
        Path path = Files.createTempDirectory("graph");
        folder = DataFolder.open(path);
        opened = await(Databases.open(vertx, folder));
        walk = new GraphWalk(new GraphQueryRepository(opened), new NodeCounts());
        Random random = new Random(7);
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            labels.add(word(random) + " " + word(random) + " " + i);
        }
        int[] degrees = new int[NODES];
        List<int[]> ends = new ArrayList<>();
        for (int i = 0; i < edges; i++) {
            // A few nodes have most of the edges, as documents and common terms do.
            int source = (int) (NODES * Math.pow(random.nextDouble(), 4));
            int target = (int) (NODES * Math.pow(random.nextDouble(), 2));
            degrees[source]++;
            degrees[target]++;
            ends.add(new int[] {source, target});
        }
        insert(
                "INSERT INTO graph_nodes (project_id, node_id, node_type, label, facts, degree, named_by) VALUES ('', ?,"
                        + " 'term', ?, '{}', ?, 1)",
                NODES,
                i -> Tuple.of("term:" + i, labels.get(i), degrees[i]));
        insert(
                "INSERT INTO graph_edges (project_id, doc_id, source_id, predicate, target_id, start_at, end_at, method,"
                        + " confidence) VALUES ('', ?, ?, 'mentioned_with', ?, ?, 9, 'dictionary', 'exact')",
                edges,
                i -> Tuple.of("doc-" + i / 500, "term:" + ends.get(i)[0], "term:" + ends.get(i)[1], i));
        List<Tuple> words = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            for (String word : GraphNames.of("term:" + i, labels.get(i))) {
                words.add(Tuple.of("term:" + i, word));
            }
        }
        insert("INSERT INTO graph_node_words (project_id, node_id, word) VALUES ('', ?, ?)", words.size(), words::get);
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
        }
        return word.toString();
    }

    private void insert(String sql, int rows, IntFunction<Tuple> row) {
        for (int from = 0; from < rows; from += BATCH) {
            List<Tuple> batch = new ArrayList<>();
            for (int i = from; i < Math.min(rows, from + BATCH); i++) {
                batch.add(row.apply(i));
            }
            await(opened.write(transaction -> Sql.each(transaction, sql, batch)));
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    /** Closes the database. */
    @TearDown
    public void close() throws IOException {
        await(opened.close());
        folder.close();
        await(vertx.close());
    }

    /** The page as it opens. */
    @Benchmark
    public GraphReply mostConnected() {
        return await(walk.around(new GetGraph(null, 1, null, 100, null)));
    }

    /** The same of one project. */
    @Benchmark
    public GraphReply mostConnectedOfAProject() {
        return await(walk.around(new GetGraph(null, 1, null, 100, "")));
    }

    /** The beginning of some 6 % of all words. */
    @Benchmark
    public GraphReply beginning() {
        return await(walk.find(new FindNodes("ma", null, 10, null)));
    }

    /** Two words. */
    @Benchmark
    public GraphReply twoWords() {
        return await(walk.find(new FindNodes("malaria fev", null, 10, null)));
    }
}
