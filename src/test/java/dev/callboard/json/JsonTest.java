package dev.callboard.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON from outside is read strictly. */
class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{} x",
                "{}{}",
                "1 2",
                "[1,]",
                "{a:1}",
                "{'a':1}",
                "// comment\n{}",
                "NaN",
                "Infinity",
                "01",
                "1e1000000000",
                "-1e1000000000",
                "[1e400]",
                "[0.1e-400]",
                "{\"a\": -123.45E-999}",
                "{\"__proto__\":{}}",
                "[{\"a\":{\"__proto__\":1}}]",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"\u0001\"",
                "\"a\nb\"",
                "\uFEFF\uFEFF{}",
                "{}\uFEFF"
            })
    void isRefused(String text) {
        refused(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aByteOrderMarkAtTheStartIsNoPartOfTheText() {
        assertThat(Json.parse("\uFEFF{}".getBytes(StandardCharsets.UTF_8))).isEqualTo(Map.of());
    }

    @Test
    void isAtMost64LevelsDeep() {
        assertThat(Json.parse("[".repeat(64) + "]".repeat(64))).isInstanceOf(List.class);
        refused(("[".repeat(65) + "]".repeat(65)).getBytes(StandardCharsets.UTF_8));
        refused("{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void numbersHaveAtMostAThousandDigits() {
        assertThat(Json.parse("9".repeat(300))).isInstanceOf(java.math.BigInteger.class);
        refused("9".repeat(1_001).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void brokenUtf8IsRefused() {
        refused(bytes('"', 0xFF, '"'));
        refused(bytes('"', 0xC0, 0xAF, '"')); // Overlong.
        refused(bytes('"', 0xE0, 0x80, 0xAF, '"')); // Overlong.
        refused(bytes('"', 0xED, 0xA0, 0x80, '"')); // Half of a surrogate pair.
        refused(bytes('"', 0xF4, 0x90, 0x80, 0x80, '"')); // Above U+10FFFF.
        refused(bytes('"', 0xE2, 0x82)); // Cut off.
    }

    @Test
    void aFaultHasItsPlace() {
        JsonSyntaxException fault = refused("{\n  \"a\": 1,\n  \"a\": 2\n}".getBytes(StandardCharsets.UTF_8));
        assertThat(fault.line()).isEqualTo(3);
        assertThat(fault.column()).isPositive();
    }

    @Test
    void valuesArePlainAndInOrder() {
        Object value = Json.parse("{\"z\":1,\"a\":[true,null,1.5,4294967296],\"é\":\"\\ud83d\\ude00\"}");
        assertThat(value).isInstanceOf(Map.class);
        assertThat(((Map<?, ?>) value).keySet().toString()).isEqualTo("[z, a, é]");
        assertThat(Json.write(value)).isEqualTo("{\"z\":1,\"a\":[true,null,1.5,4294967296],\"é\":\"😀\"}");
    }

    @Property(tries = 300)
    void validTextComesBackAsItWas(@ForAll @UniqueElements List<String> texts) {
        List<String> valid = texts.stream()
                .filter(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF))
                .toList();
        assertThat(Json.parse(Json.writeBytes(valid))).isEqualTo(valid);
    }

    @Property(tries = 1_000)
    void bytesAreReadOrRefusedButNothingElse(@ForAll byte[] bytes) {
        try {
            Json.parse(bytes);
        } catch (JsonSyntaxException e) {
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isPositive();
        }
    }

    @Test
    void aPointerFindsItsPlaceOrTheNearestContainer() {
        String text = "{\n  \"stages\": [\n    {\"id\": \"a\"},\n    {\"id\": \"b\", \"x\": {}}\n  ]\n}";
        assertThat(JsonPointers.find(text, "/stages/1/id")).isEqualTo(new JsonPointers.Position(4, 12));
        assertThat(JsonPointers.find(text, "/stages/1/missing").line()).isEqualTo(4);
        assertThat(JsonPointers.find(text, "/nothing")).isEqualTo(new JsonPointers.Position(1, 1));
    }

    private static JsonSyntaxException refused(byte[] bytes) {
        JsonSyntaxException fault = catchThrowableOfType(JsonSyntaxException.class, () -> Json.parse(bytes));
        assertThat(fault)
                .as(new String(bytes, 0, Math.min(60, bytes.length), StandardCharsets.UTF_8))
                .isNotNull();
        return fault;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** What is sent to a process of a plugin: longer than any piece that is read or written at once. */
    @Test
    void longTextIsWrittenAndReadPieceByPiece() throws Exception {
        Map<String, Object> value = Map.of("text", "ä€😀\u0001\"".repeat(100_000), "list", List.of(1, true, Map.of()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Json.write(value, bytes);
        assertThat(bytes.toByteArray()).isEqualTo(Json.writeBytes(value));
        assertThat(Json.parse(new ByteArrayInputStream(bytes.toByteArray()))).isEqualTo(value);
    }

    @Test
    void aStreamThatIsNoUtf8IsRefused() {
        byte[] bytes = {'"', (byte) 0xC0, (byte) 0x80, '"'};
        assertThatExceptionOfType(JsonSyntaxException.class)
                .isThrownBy(() -> Json.parse(new ByteArrayInputStream(bytes)))
                .withMessageContaining("UTF-8");
    }

    @Test
    void aNumberThatIsZeroOrSmallIsTaken() {
        assertThat(Json.parse("[0.0, 0e-999, -0.000, 1e-320]")).isEqualTo(List.of(0.0, 0.0, -0.0, 1e-320));
    }
}
