package dev.callboard.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.callboard.json.JsonSchemas.UnusableException;
import dev.callboard.problem.Violation;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemasTest {
    @Test
    void violationsHaveAPointerAndASentence() {
        Map<String, Object> schema = Map.of(
                "required", List.of("title"),
                "properties", Map.of("tags", Map.of("items", Map.of("type", "string"))));
        assertThat(JsonSchemas.check(schema, Map.of("title", "a", "tags", List.of("b")), "/decision/output"))
                .isEmpty();
        assertThat(JsonSchemas.check(schema, Map.of("tags", List.of(1)), "/decision/output"))
                .containsExactlyInAnyOrder(
                        new Violation("/decision/output", "required property 'title' not found"),
                        new Violation("/decision/output/tags/0", "integer found, string expected"));
        assertThat(JsonSchemas.check(Map.of("type", "string"), null, "/a"))
                .containsExactly(new Violation("/a", "null found, string expected"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "^(a+)+$",
                "([a-zA-Z]+)*$",
                "(a|aa)+$",
                "(a|a?)+$",
                "(.*a){12}$",
                "^(([a-z])+.)+[A-Z]([a-z])+$"
            })
    void patternsTakeLinearTime(String pattern) throws Exception {
        JsonSchemas schema = JsonSchemas.of(Map.of("pattern", pattern));
        JsonSchemas keys = JsonSchemas.of(Map.of("patternProperties", Map.of(pattern, false)));
        long small = Math.max(1_000_000, leastCpu(schema, keys, "a".repeat(6_250) + "!"));
        long large = leastCpu(schema, keys, "a".repeat(100_000) + "!");
        // 16 times the text: backtracking would take 256 times as long at best, or never end.
        assertThat(large).isLessThan(small * 128);
    }

    /** Of this thread alone, so that a busy machine does not count. */
    private static long leastCpu(JsonSchemas schema, JsonSchemas keys, String text) throws UnusableException {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            assertThat(schema.check(text, "")).hasSizeLessThan(2);
            assertThat(keys.check(Map.of(text, 1), "")).hasSizeLessThan(2);
            best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        return best;
    }

    @Test
    void patternsAreShortAndRe2s() {
        for (String pattern : List.of("(?=a)", "(", "\\1", "a".repeat(1_001))) {
            assertThat(JsonSchemas.fault(Map.of("pattern", pattern)))
                    .as(pattern)
                    .hasValueSatisfying(fault -> assertThat(fault).startsWith("is not a usable JSON Schema: "));
            assertThat(JsonSchemas.fault(Map.of("patternProperties", Map.of(pattern, true))))
                    .isPresent();
        }
        assertThat(JsonSchemas.fault(Map.of("pattern", "a".repeat(1_000)))).isEmpty();
    }

    @Test
    void remoteReferencesAreRefusedWithoutAConnection() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String there = "http://127.0.0.1:" + server.getAddress().getPort() + "/schema.json";
            for (String ref :
                    List.of(there, "file:///etc/passwd", "classpath:openapi.yaml", "jar:file:/a.jar!/b", "b")) {
                for (String keyword : List.of("$ref", "$dynamicRef", "$schema")) {
                    assertThat(JsonSchemas.fault(Map.of(keyword, ref)))
                            .as(keyword + " " + ref)
                            .isPresent();
                }
            }
            assertThat(JsonSchemas.fault(Map.of("$id", there, "$ref", "other.json")))
                    .isPresent();
            assertThat(requests).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    @Timeout(30)
    void referencesThatLeadNowhereOrForEverAreRefused() {
        for (String ref : List.of("#", "#/missing", "#/$defs/a")) {
            assertThat(JsonSchemas.fault(Map.of("$ref", ref, "$defs", Map.of("a", Map.of("$ref", "#/$defs/a")))))
                    .as(ref)
                    .isPresent();
        }
        Map<String, Object> tree =
                Map.of("type", "object", "properties", Map.of("children", Map.of("items", Map.of("$ref", "#"))));
        assertThat(JsonSchemas.fault(tree)).isEmpty();
        assertThat(JsonSchemas.check(tree, Map.of("children", List.of(Map.of("children", List.of(1)))), ""))
                .extracting(Violation::pointer)
                .containsExactly("/children/0/children/0");
    }

    @ParameterizedTest
    @Timeout(30)
    @ValueSource(strings = {"allOf", "anyOf", "oneOf"})
    void definitionsThatDoubleAreRefused(String keyword) {
        Map<String, Object> definitions = new LinkedHashMap<>();
        for (int i = 0; i < 60; i++) {
            Map<String, String> next = Map.of("$ref", "#/$defs/d" + (i + 1));
            definitions.put("d" + i, Map.of(keyword, List.of(next, next)));
        }
        definitions.put("d60", Map.of("type", "string"));
        for (String draft :
                List.of("https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema#")) {
            assertThat(JsonSchemas.fault(Map.of(
                            "$schema", draft, "allOf", List.of(Map.of("$ref", "#/$defs/d0")), "$defs", definitions)))
                    .hasValueSatisfying(fault -> assertThat(fault).endsWith("more than 5000 schemas"));
        }
    }

    @Test
    @Timeout(30)
    void definitionsThatDoubleFromValueToValueAreCutOff() {
        Map<String, Object> again = Map.of("properties", Map.of("a", Map.of("$ref", "#")));
        Map<String, Object> schema = Map.of("allOf", List.of(again, again));
        assertThat(JsonSchemas.fault(schema)).isEmpty();
        Map<String, Object> value = Map.of();
        for (int i = 0; i < 40; i++) {
            value = Map.of("a", value);
        }
        assertThat(JsonSchemas.check(schema, value, ""))
                .singleElement()
                .satisfies(violation -> assertThat(violation.detail()).endsWith("takes too many steps"));
    }

    @Test
    @Timeout(30)
    void fourThousandChoicesAreChecked() {
        List<Map<String, Object>> choices = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            choices.add(Map.of("const", i));
        }
        assertThat(JsonSchemas.fault(Map.of("anyOf", choices))).isEmpty();
        assertThat(JsonSchemas.check(Map.of("anyOf", choices), 3_999, "")).isEmpty();
        assertThat(JsonSchemas.check(Map.of("anyOf", choices), "no", "")).hasSizeBetween(1, 50);
    }

    @Test
    void longListsOfReferencesAreNoFault() {
        Map<String, Object> schema =
                Map.of("items", Map.of("$ref", "#/$defs/word"), "$defs", Map.of("word", Map.of("type", "string")));
        List<Object> words = new ArrayList<>(Collections.nCopies(100_000, "a"));
        assertThat(JsonSchemas.check(schema, words, "")).isEmpty();
        words.set(77_777, 1);
        assertThat(JsonSchemas.check(schema, words, ""))
                .extracting(Violation::pointer)
                .containsExactly("/77777");
    }

    @Test
    void whatIsNoSchemaIsSaid() {
        assertThat(catchThrowableOfType(UnusableException.class, () -> JsonSchemas.of(Map.of("pattern", "("))))
                .hasMessageNotContaining("\n");
        assertThat(JsonSchemas.check(Map.of("$ref", "b"), 1, "/a"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.detail()).startsWith("cannot be checked: "));
    }
}
