package dev.callboard.palette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.palette.Setting.Option;
import dev.callboard.palette.Setting.Type;
import dev.callboard.problem.JsonDepth;
import dev.callboard.problem.Violation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsRulesTest {
    private static Setting setting(String key, Type type, @Nullable Number min, @Nullable Number max) {
        return new Setting(key, type, key, null, min, max, List.of(), false);
    }

    private static final List<Setting> SCHEMA = List.of(
            new Setting("size", Type.INTEGER, "Size", 800, 1, 4000, List.of(), false),
            setting("ratio", Type.NUMBER, 0, 1.5),
            new Setting("title", Type.STRING, "Title", null, null, 5, List.of(), true),
            setting("body", Type.TEXT, null, null),
            setting("fast", Type.BOOLEAN, null, null),
            new Setting(
                    "mode",
                    Type.SELECT,
                    "Mode",
                    null,
                    null,
                    null,
                    List.of(new Option("fixed", "Fixed"), new Option(2, "Two")),
                    false),
            setting("any", Type.JSON, null, null),
            setting("key", Type.SECRET, null, null));

    @Test
    void defaultsAreFilledInAndValuesKept() {
        var checked = SettingsRules.check(SCHEMA, Map.of("title", "abc", "mode", 2.0, "any", List.of(1)), "/config");
        assertThat(checked.violations()).isEmpty();
        assertThat(checked.values())
                .containsEntry("size", 800)
                .containsEntry("title", "abc")
                .containsEntry("mode", 2.0);
        assertThat(checked.values().keySet()).startsWith("size", "title");
    }

    @Test
    void allFaultsAreReportedAtOnceWithTheirPlaces() {
        Map<String, Object> values = new HashMap<>();
        values.put("size", "big");
        values.put("ratio", 2);
        values.put("title", null);
        values.put("fast", "yes");
        values.put("mode", "slow");
        values.put("a/b", 1);
        assertThat(SettingsRules.check(SCHEMA, values, "/config").violations())
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder(
                        "/config/size",
                        "/config/ratio",
                        "/config/title",
                        "/config/fast",
                        "/config/mode",
                        "/config/a~1b");
    }

    @ParameterizedTest
    @CsvSource({"size,0", "size,4001", "size,1.5", "ratio,-0.1", "ratio,1.6"})
    void numbersKeepToTheirRange(String key, double value) {
        assertThat(fault(key, value)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"size,1", "size,4000", "size,3.0", "ratio,0", "ratio,1.5"})
    void numbersAtTheEdgePass(String key, double value) {
        assertThat(fault(key, value)).isFalse();
    }

    @Test
    void textsCountCharactersNotCodeUnits() {
        assertThat(fault("title", "😀😀😀😀😀")).isFalse();
        assertThat(fault("title", "123456")).isTrue();
        assertThat(fault("title", "a\nb")).isTrue();
        assertThat(fault("title", " ")).isTrue();
        assertThat(fault("body", "a\nb")).isFalse();
        assertThat(fault("key", "env:OPENAI_API_KEY")).isFalse();
        assertThat(fault("key", "secret:openai-key")).isFalse();
        assertThat(fault("key", "OPENAI_API_KEY")).isTrue();
        assertThat(fault("key", "sk-123 456")).isTrue();
    }

    @Test
    void wholeNumbersArriveAsSuch() {
        assertThat(SettingsRules.check(List.of(SCHEMA.get(0)), Map.of("size", 3.0), "")
                        .values())
                .containsEntry("size", 3L);
        assertThat(SettingsRules.check(List.of(SCHEMA.get(0)), Map.of("size", 1e300), "")
                        .violations())
                .hasSize(1);
        assertThat(SettingsRules.check(List.of(SCHEMA.get(1)), Map.of("ratio", Double.NaN), "")
                        .violations())
                .hasSize(1);
    }

    @Test
    void anEmptySchemaSaysNothing() {
        Map<String, Object> values = Map.of("anything", Arrays.asList(1, null));
        assertThat(SettingsRules.check(List.of(), values, "").values()).isEqualTo(values);
    }

    private static boolean fault(String key, Object value) {
        return SettingsRules.check(SCHEMA, Map.of(key, value), "").violations().stream()
                .anyMatch(violation -> violation.pointer().equals("/" + key));
    }

    @Test
    void whateverTheSchemaSaysNothingHarmfulReachesTheCode() {
        Map<String, Object> harmful = new HashMap<>();
        harmful.put("title", "a\n");
        harmful.put("body", "a\u0000b");
        harmful.put("any", Map.of("deep", List.of(Double.NaN)));
        assertThat(SettingsRules.check(SCHEMA, harmful, "").violations())
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/title", "/body", "/any");
        assertThat(SettingsRules.check(SCHEMA, Map.of("title", "a", "body", "a\tb\r\nc"), "")
                        .violations())
                .isEmpty();
        String huge = "x".repeat(SettingsRules.MAX_TEXT + 1);
        assertThat(SettingsRules.check(SCHEMA, Map.of("title", "a", "body", huge), "")
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("/body");
    }

    @Test
    void withoutASchemaValuesMustStillBeSound() {
        Object deep = 1;
        for (int i = 0; i <= JsonDepth.SETTINGS; i++) {
            deep = List.of(deep);
        }
        Map<String, Object> values = Map.of(
                "fine",
                Map.of("a", List.of("b", 1.5)),
                "number",
                Double.POSITIVE_INFINITY,
                "text",
                "\u001b[2J",
                "key",
                Map.of("\u0007", 1),
                "deep",
                deep);
        assertThat(SettingsRules.check(List.of(), values, "/config").violations())
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/config/number", "/config/text", "/config/key", "/config/deep");
    }
}
