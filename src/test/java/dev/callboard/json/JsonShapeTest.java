package dev.callboard.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.json.JsonShape.WrongShapeException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stage puts out is measured as the guide for plugins says, and kept as it is or refused. */
class JsonShapeTest {
    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "a\udc00", "\ud83d\ud83d\ude00", "\ude00\ud83d", "end \ud83d"})
    void halfOfASurrogatePairIsRefusedWithItsPlace(String text) {
        assertThatThrownBy(() -> JsonShape.copy(Map.of("a", List.of("fine", text)), 1_000))
                .isInstanceOf(WrongShapeException.class)
                .hasMessageContaining("at /a/1 ")
                .hasMessageContaining("surrogate");
        assertThatThrownBy(() -> JsonShape.copy(Map.of("a", Map.of(text, 1)), 1_000))
                .isInstanceOf(WrongShapeException.class)
                .hasMessageContaining("at /a ")
                .hasMessageContaining("surrogate");
    }

    @Test
    void wholePairsAreKept() throws WrongShapeException {
        Map<String, Object> whole = Map.of("\ud83d\ude00", "a\ud83d\ude00\ud83d\ude00b");
        assertThat(JsonShape.copy(whole, 1_000)).isEqualTo(whole);
    }

    @Test
    void keysAndTextsCountWithoutEscapesAndFourForEachValue() throws WrongShapeException {
        // The map and its two values: 12; the keys: 2; the text: 86.
        Map<String, Object> output = Map.of("a", "\u0001".repeat(86), "b", 123_456_789);
        assertThat(JsonShape.copy(output, 100)).isEqualTo(output);
        assertThatThrownBy(() -> JsonShape.copy(output, 99))
                .isInstanceOf(WrongShapeException.class)
                .hasMessageContaining("limit of 99");
    }

    @Test
    void oneTextHasAtMostSixtyMillionCharacters() throws WrongShapeException {
        String most = "x".repeat(60_000_000);
        assertThat(JsonShape.copy(most, 64_000_000)).isEqualTo(most);
        assertThatThrownBy(() -> JsonShape.copy(most + "x", 64_000_000))
                .isInstanceOf(WrongShapeException.class)
                .hasMessageContaining("more than 60000000 characters");
    }
}
