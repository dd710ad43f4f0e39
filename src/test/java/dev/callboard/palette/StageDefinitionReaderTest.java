package dev.callboard.palette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.json.Json;
import dev.callboard.problem.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stage definitions: everything that is wrong is said at once, each with its place. */
class StageDefinitionReaderTest {
    @Test
    void theSmallestDefinitionIsAManualStage() {
        StageDefinition stage = read("{\"id\":\"a\",\"name\":\"A\",\"type\":\"stage\",\"ports\":{}}");
        assertThat(stage.executor()).isEqualTo(ExecutorType.MANUAL);
        assertThat(stage.executionType()).isEqualTo("human");
        assertThat(stage.label()).isEqualTo("A");
        assertThat(stage.ports()).isEqualTo(Ports.NONE);
        assertThat(stage.version()).isEqualTo("1.0.0");
    }

    @Test
    void aLabelIsEnough() {
        StageDefinition stage = read("{\"id\":\"a\",\"label\":\"L\",\"type\":\"stage\",\"ports\":{}}");
        assertThat(stage.name()).isEqualTo("L");
    }

    @Test
    void anExecutorMayBeAnObjectAndKeepsItsSettings() {
        StageDefinition stage = read("{\"id\":\"a\",\"name\":\"A\",\"type\":\"stage\",\"ports\":{},"
                + "\"executor\":{\"type\":\"http\",\"url\":\"x\"},\"executor_config\":{\"method\":\"m\"}}");
        assertThat(stage.executor()).isEqualTo(ExecutorType.HTTP);
        assertThat(stage.executorConfig()).isEqualTo(Map.of("url", "x", "method", "m"));
    }

    @Test
    void unknownMembersAreKept() {
        assertThat(read("{\"id\":\"a\",\"name\":\"A\",\"type\":\"stage\",\"ports\":{},\"icon\":\"star\"}")
                        .extra())
                .isEqualTo(Map.of("icon", "star"));
    }

    @Test
    void allViolationsComeAtOnceWithTheirPlaces() {
        List<Violation> violations = violations(
                """
                {"id": "Bad Id", "name": "", "type": "stages", "executor": "magic", "state_key": ["ok", "not ok"],
                 "ports": {"inputs": [{"name": "1", "type": "X"}, {"type": "any"}, 7],
                           "outputs": [{"name": "o", "type": "any"}, {"name": "o", "type": "any"}]},
                 "settings_schema": [{"key": "k", "type": "colour"}, {"key": "k", "type": "integer", "default": 1.5},
                                     {"key": "s", "type": "select"}, {"key": "min", "type": "number", "min": 2, "max": 1}],
                 "dependencies": "UPPER", "description": 7}""");
        assertThat(violations)
                .extracting(Violation::pointer)
                .contains(
                        "/id",
                        "/name",
                        "/type",
                        "/executor",
                        "/state_key",
                        "/ports/inputs/0/name",
                        "/ports/inputs/0/type",
                        "/ports/inputs/1/name",
                        "/ports/inputs/2",
                        "/ports/outputs/1/name",
                        "/settings_schema/0/type",
                        "/settings_schema/1/key",
                        "/settings_schema/1/default",
                        "/settings_schema/2/options",
                        "/settings_schema/3/min",
                        "/dependencies",
                        "/description");
        assertThat(violations)
                .allSatisfy(violation -> assertThat(violation.detail()).isNotBlank());
    }

    @Test
    void nothingAtAllSaysWhatIsNeeded() {
        assertThat(violations("{}")).extracting(Violation::pointer).contains("/id", "/name", "/type", "/ports");
    }

    @Test
    void pointersStartWhereTheDefinitionStands() {
        assertThat(StageDefinitionReader.read(Map.of(), "/stages/3").violations())
                .allSatisfy(violation -> assertThat(violation.pointer()).startsWith("/stages/3/"));
    }

    @Test
    void aSourceTakesNothingAndASinkGivesNothing() {
        assertThat(violations("{\"id\":\"a\",\"name\":\"A\",\"type\":\"source\",\"ports\":"
                        + "{\"inputs\":[{\"name\":\"in\",\"type\":\"any\"}]}}"))
                .extracting(Violation::pointer)
                .containsExactly("/ports/inputs");
        assertThat(violations("{\"id\":\"a\",\"name\":\"A\",\"type\":\"sink\",\"ports\":"
                        + "{\"outputs\":[{\"name\":\"out\",\"type\":\"any\"}]}}"))
                .extracting(Violation::pointer)
                .containsExactly("/ports/outputs");
    }

    static List<String> hostileIds() {
        return List.of(
                "../x",
                "a/b",
                "a\\b",
                ".a",
                "A",
                "",
                " ",
                "a b",
                "a\u0000",
                "\u0000",
                "a\u202Eb",
                "__proto__",
                "_a",
                "-a",
                "1a",
                "a%2e",
                "a\n",
                "<img onerror>",
                "\u0430",
                "a".repeat(65),
                "a".repeat(10_000));
    }

    @ParameterizedTest
    @MethodSource("hostileIds")
    void hostileIdsAreRefused(String id) {
        Map<String, Object> stage = new LinkedHashMap<>(Map.of("name", "A", "type", "stage", "ports", Map.of()));
        stage.put("id", id);
        StageDefinitionReader.Result result = StageDefinitionReader.read(stage, "");
        assertThat(result.definition()).isNull();
        assertThat(result.violations()).extracting(Violation::pointer).contains("/id");
        assertThat(result.violations())
                .allSatisfy(violation -> assertThat(violation.detail()).hasSizeLessThan(300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b-c_d", "z9", "constructor"})
    void ordinaryIdsAreTaken(String id) {
        assertThat(read("{\"id\":\"" + id + "\",\"name\":\"A\",\"type\":\"stage\",\"ports\":{}}")
                        .id())
                .isEqualTo(id);
    }

    @Test
    void controlCharactersInANameAreRefused() {
        assertThat(violations("{\"id\":\"a\",\"name\":\"A\\u0000\",\"type\":\"stage\",\"ports\":{}}"))
                .extracting(Violation::pointer)
                .contains("/name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"text\"", "[]", "true"})
    void whatIsNotAnObjectIsRefused(String json) {
        assertThat(violations(json)).extracting(Violation::detail).containsExactly("must be an object");
    }

    @Test
    void aSecretHasNoDefault() {
        assertThat(violations("{\"id\":\"a\",\"name\":\"A\",\"type\":\"stage\",\"ports\":{},\"settings_schema\":"
                        + "[{\"key\":\"k\",\"type\":\"secret\",\"default\":\"hunter2\"}]}"))
                .extracting(Violation::pointer)
                .containsExactly("/settings_schema/0/default");
    }

    @Test
    void tooManyPortsOrSettingsAreRefused() {
        String ports = "{\"name\":\"p\",\"type\":\"any\"},".repeat(65);
        assertThat(violations("{\"id\":\"a\",\"name\":\"A\",\"type\":\"stage\",\"ports\":{\"inputs\":["
                        + ports.substring(0, ports.length() - 1) + "]}}"))
                .extracting(Violation::pointer)
                .containsExactly("/ports/inputs");
    }

    private static StageDefinition read(String json) {
        StageDefinitionReader.Result result = StageDefinitionReader.read(Json.parse(json), "");
        assertThat(result.violations()).isEmpty();
        StageDefinition definition = result.definition();
        assertThat(definition).isNotNull();
        return definition;
    }

    private static List<Violation> violations(@Nullable String json) {
        StageDefinitionReader.Result result = StageDefinitionReader.read(Json.parse(json), "");
        assertThat(result.definition()).isNull();
        return result.violations();
    }

    @Test
    void aNameThatIsTooLongIsReportedOnceAndABlankOneAsBlank() {
        String form = "{\"id\":\"a\",\"type\":\"stage\",\"ports\":{},%s}";
        String tooLong = "\"" + "x".repeat(100_000) + "\"";
        assertThat(violations(form.formatted("\"name\":" + tooLong)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.pointer()).isEqualTo("/name");
                    assertThat(one.detail()).startsWith("must have at most 200");
                });
        assertThat(violations(form.formatted("\"label\":" + tooLong)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.pointer()).isEqualTo("/label");
                    assertThat(one.detail()).startsWith("must have at most 200");
                });
        for (String key : List.of("name", "label")) {
            assertThat(violations(form.formatted("\"" + key + "\":\" \"")))
                    .singleElement()
                    .extracting(Violation::detail)
                    .isEqualTo("must not be blank");
        }
    }
}
