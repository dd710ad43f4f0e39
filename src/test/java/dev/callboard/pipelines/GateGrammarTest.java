package dev.callboard.pipelines;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.conditions.ConditionReader;
import dev.callboard.json.Json;
import dev.callboard.spi.StageRegistration;
import dev.callboard.stages.CoreStages;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A gate under {@code gates} and the setting of the stage that runs take and refuse the same conditions, in the same words. */
class GateGrammarTest {
    private static final StageRegistration GATE = new CoreStages().stages().get(0);

    static Stream<String> good() {
        return Stream.of(
                "{\"field\": \"a\", \"equals\": null}",
                "{\"field\": \"a\", \"equals\": {\"b\": [1]}}",
                "{\"field\": \"a\", \"not_equals\": \"x\"}",
                "{\"field\": \"a\", \"exists\": false}",
                "{\"field\": \"a\", \"gt\": 3}",
                "{\"field\": \"a\", \"gte\": 3.5}",
                "{\"field\": \"a\", \"lt\": -3}",
                "{\"field\": \"a\", \"lte\": 0}",
                "{\"field\": \"a\", \"in\": [1, null, \"b\"]}",
                "{\"field\": \"a\", \"changed\": true}",
                "[{\"field\": \"a\", \"changed\": false}]",
                "{\"all\": [{\"field\": \"a\", \"gt\": 1}, {\"any\": [{\"field\": \"b\", \"exists\": true}]}]}",
                "{\"field\": \"a." + "b".repeat(65) + "\", \"exists\": true}",
                "{\"field\": \"a.b c.0" + ".d".repeat(20) + "\", \"exists\": true}",
                many(ConditionReader.MAX_TESTS),
                nested(ConditionReader.MAX_DEPTH));
    }

    static Stream<String> bad() {
        return Stream.of(
                "3",
                "\"yes\"",
                "[]",
                "{}",
                "[3]",
                "[[{\"field\": \"a\", \"exists\": true}]]",
                "{\"field\": \"a\"}",
                "{\"equals\": 1}",
                "{\"field\": 3, \"equals\": 1}",
                "{\"field\": \"A\", \"equals\": 1}",
                "{\"field\": \"a..b\", \"equals\": 1}",
                "{\"field\": \"a.b\\tc\", \"equals\": 1}",
                "{\"field\": \"a\", \"equals\": 1, \"gt\": 2}",
                "{\"field\": \"a\", \"equal\": 1}",
                "{\"field\": \"a\", \"equals\": 1, \"x/y~z\": 1}",
                "{\"field\": \"a\", \"exists\": 1}",
                "{\"field\": \"a\", \"changed\": \"true\"}",
                "{\"field\": \"a\", \"gt\": \"1\"}",
                "{\"field\": \"a\", \"gte\": null}",
                "{\"field\": \"a\", \"lt\": true}",
                "{\"field\": \"a\", \"lte\": []}",
                "{\"field\": \"a\", \"in\": []}",
                "{\"field\": \"a\", \"in\": 1}",
                "{\"all\": []}",
                "{\"all\": {}}",
                "{\"any\": null}",
                "{\"all\": [{\"field\": \"a\", \"exists\": true}], \"any\": []}",
                "{\"all\": [{\"field\": \"a\", \"exists\": true}], \"field\": \"a\"}",
                "{\"any\": [{\"field\": \"a\", \"exists\": true}], \"equals\": 1}",
                "{\"any\": [{\"field\": \"a\", \"exists\": true}], \"note\": 1}",
                many(ConditionReader.MAX_TESTS + 1),
                "[" + many(150) + ", " + many(150) + "]",
                "[{\"all\": " + many(150) + "}, {\"any\": " + many(150) + "}]",
                nested(ConditionReader.MAX_DEPTH + 1));
    }

    private static String many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"field\": \"a\", \"equals\": " + i + "}")
                .collect(joining(", ", "[", "]"));
    }

    private static String nested(int levels) {
        return levels == 1
                ? "{\"field\": \"a\", \"exists\": true}"
                : (levels % 2 == 0 ? "{\"all\": [" : "{\"any\": [") + nested(levels - 1) + "]}";
    }

    @ParameterizedTest
    @MethodSource("good")
    void bothTakeIt(String conditions) {
        assertThat(inPipeline(conditions)).isEmpty();
        assertThat(inStage(conditions)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void bothRefuseItInTheSameWords(String conditions) {
        assertThat(inPipeline(conditions)).isNotEmpty().isEqualTo(inStage(conditions));
    }

    /** Pointer below the conditions to what is wrong, for a gate under {@code gates}; JSON is YAML. */
    private static Map<String, String> inPipeline(String conditions) {
        PipelineYaml yaml = PipelineYaml.read(
                """
                name: g
                stages: [{name: wait, type: gate, gate: ready}]
                gates: [{name: ready, conditions: %s}]
                """
                        .formatted(conditions));
        return yaml.faults().stream()
                .collect(toMap(
                        fault -> fault.pointer().replaceFirst("^/gates/0/conditions", ""),
                        fault -> fault.detail(),
                        (one, other) -> one + " and " + other,
                        LinkedHashMap::new));
    }

    /** The same for the setting {@code conditions} of the stage that runs, whose faults are sentences: "It … .". */
    private static Map<String, String> inStage(String conditions) {
        Map<String, String> faults = new LinkedHashMap<>();
        GATE.settingsCheck()
                .faults(Collections.singletonMap("conditions", Json.parse(conditions)))
                .forEach((pointer, sentence) -> faults.put(
                        pointer.replaceFirst("^/conditions", ""), sentence.replaceFirst("^It (.*)\\.$", "$1")));
        return faults;
    }
}
