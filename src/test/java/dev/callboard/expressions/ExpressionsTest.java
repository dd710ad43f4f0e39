package dev.callboard.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.callboard.config.ExpressionsConfig;
import dev.callboard.expressions.ExpressionException.Reason;
import dev.callboard.process.ChildProcesses;
import dev.callboard.testing.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions in processes of their own, and what happens to those that pass their limits. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpressionsTest {
    /** Generous: a quiet machine takes a tenth of it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private ChildProcesses children;
    private ProcessExpressions expressions;
    private ProcessExpressions impatient;

    @BeforeAll
    void start(@TempDir Path folder) {
        children = new ChildProcesses(folder);
        expressions = expressions(TIMEOUT, folder.resolve("patient"));
        impatient = expressions(Duration.ofSeconds(1), folder.resolve("impatient"));
    }

    private ProcessExpressions expressions(Duration timeout, Path folder) {
        return new ProcessExpressions(new ExpressionsConfig(timeout, 128, 16_000_000), folder, children, name -> null);
    }

    @AfterAll
    void stop() {
        expressions.close();
        impatient.close();
        children.close();
    }

    private static Map<String, Object> items(int count) {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("id", i);
            item.put("name", "n" + i);
            item.put("price", i * 0.5);
            items.add(item);
        }
        return Map.of("items", items);
    }

    @Test
    void aTextOfJsonIsParsed() throws Exception {
        assertThat(expressions.evaluate("$parseJson(t).a[1]", Map.of("t", "{\"a\": [1, 2]}")))
                .isEqualTo(2);
        assertThat(expressions.evaluate("$type($parseJson(t))", Map.of("t", "null")))
                .isEqualTo("null");
        assertThat(expressions.evaluate("$exists($parseJson(missing))", Map.of()))
                .isEqualTo(false);
        assertThat(expressions.evaluate("$map(t, $parseJson)", Map.of("t", List.of("1", "\"x\""))))
                .isEqualTo(List.of(1, "x"));
        for (String wrong : List.of("{", "[".repeat(70) + "]".repeat(70), "{\"a\": 1, \"a\": 2}")) {
            assertThatThrownBy(() -> expressions.evaluate("$parseJson(t)", Map.of("t", wrong)))
                    .isInstanceOf(ExpressionException.class)
                    .hasMessageContaining("not valid JSON")
                    .hasMessageContaining("line 1, column");
        }
    }

    /** Kestra's issue 102: a bound of depth that counts items, and a constructor that is quadratic. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 100_000})
    void manyItemsWork(int count) throws Exception {
        Object input = items(count);
        for (String expression : List.of(
                "$count(items.{'id': id, 'n': $uppercase(name)})",
                "$count($map(items, function($i){ {'id': $i.id, 'x': $i.price * 2} }))",
                "$count({'r': $map(items, function($i){ {'id': $i.id} })}.r)",
                "$count(items[price >= 0].id)",
                "$count($keys(items{name: price}))",
                "$count($distinct(items.name))",
                "$sort(items, function($l, $r){ $l.price < $r.price })[-1].id + " + count)) {
            assertThat(expressions.evaluate(expression, input)).as(expression).isEqualTo(count);
        }
        Object whole = expressions.evaluate("items.{'id': id}", input);
        assertThat(whole)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(count);
    }

    @Test
    void whatNeverEndsIsEndedAndTheNextOneRuns() throws Exception {
        for (String endless : List.of(
                "($f := function($n){ $f($n + 1) }; $f(1))",
                "$reduce([1..9999999], function($a, $b){ $string($a) & $string($b) })",
                "($p := function($n){ $n < 2 ? 1 : $p($n - 1) + $p($n - 2) }; $p(99))")) {
            assertThatThrownBy(() -> impatient.evaluate(endless, null))
                    .as(endless)
                    .isInstanceOfSatisfying(ExpressionException.class, e -> assertThat(e.reason())
                            .isIn(Reason.TIMEOUT, Reason.MEMORY));
        }
        assertThat(expressions.evaluate("1 + 1", null)).isEqualTo(2);
    }

    @Test
    void whatNeedsTooMuchMemoryIsEndedAndTheNextOneRuns() throws Exception {
        assertThatThrownBy(() -> expressions.evaluate(
                        "$count([1..9000000].{'a': $string($) & 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'})", null))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MEMORY))
                .hasMessageContaining("128 MB (expressions.heap_mb");
        assertThat(expressions.evaluate("2 + 2", null)).isEqualTo(4);
    }

    @Test
    void aRangeOfABillionIsRefused() {
        assertThatThrownBy(() -> expressions.evaluate("$count([1..1000000000])", null))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FAILED))
                .hasMessageContaining("range operator");
    }

    @Test
    void anInterruptEndsTheEvaluation() throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                expressions.evaluate("($f := function($n){ $f($n + 1) }; $f(1))", null);
                ended.complete(new AssertionError("it ended"));
            } catch (Throwable e) {
                ended.complete(e);
            }
        });
        thread.start();
        thread.interrupt();
        assertThat(ended.get(Patience.SOON.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void severalAreEvaluatedAtOnce() {
        List<CompletableFuture<Object>> all = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return expressions.evaluate("$sum(n) + " + i, Map.of("n", List.of(1, 2)));
                    } catch (ExpressionException | InterruptedException e) {
                        return fail(e);
                    }
                }))
                .toList();
        assertThat(all.stream().map(CompletableFuture::join).collect(Collectors.toList()))
                .isEqualTo(IntStream.range(0, 20).map(i -> i + 3).boxed().collect(Collectors.toList()));
    }

    /** Whatever it is: an answer or a sentence, and the process answers the next one. */
    @Test
    void hostileExpressionsGetASentence() throws Exception {
        for (String hostile : HostileExpressions.all()) {
            try {
                expressions.fault(hostile).ifPresent(fault -> assertThat(fault)
                        .startsWith("is not a valid expression: "));
                impatient.evaluate(hostile, Map.of("a", List.of(1, "x", Map.of("b", "c"))));
            } catch (ExpressionException e) {
                assertThat(e.reason()).as(hostile).isNotEqualTo(Reason.UNAVAILABLE);
                assertThat(e.getMessage())
                        .as(hostile)
                        .startsWith("The expression ")
                        .endsWith(".");
                assertThat(e.getMessage()).as(hostile).doesNotContain("java.", "dashjoin", "\tat ");
            }
        }
        assertThat(expressions.evaluate("a[0]", Map.of("a", List.of(1)))).isEqualTo(1);
    }

    @Test
    void nothingOfTheServersEnvironmentIsThere() throws Exception {
        assertThat(expressions.evaluate("[$env, $getenv, env.PATH, $process, $system]", Map.of()))
                .isEqualTo(List.of());
    }

    @Test
    void faultsSayWhereWithoutEvaluating() {
        assertThat(expressions.fault("a.b[0]")).isEmpty();
        assertThat(expressions.fault("($f := function($n){ $f($n + 1) }; $f(1))"))
                .isEmpty();
        assertThat(expressions.fault("a + ("))
                .hasValueSatisfying(fault -> assertThat(fault).contains("near character"));
        assertThat(expressions.fault("$eval(a)"))
                .hasValueSatisfying(fault -> assertThat(fault).contains("$eval cannot be used here"));
        assertThat(expressions.fault("a".repeat(200_000))).hasValue("has more than 100000 characters");
    }
}
