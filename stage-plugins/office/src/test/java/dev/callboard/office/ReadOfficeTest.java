package dev.callboard.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.testing.RecordingStageContext;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the stage parse asks for Office files: the document is stored, and the answer says where. */
class ReadOfficeTest {
    private final RecordingStageContext context = new RecordingStageContext();

    private JsonNode ask(String name, byte[] bytes, Map<String, Object> settings) throws Exception {
        Map<String, Object> question = new HashMap<>(settings);
        question.put("sha256", context.blobs().put(bytes));
        question.put("name", name);
        Stage stage = new OfficePlugin().queries().get("read-office").get();
        Map<?, ?> answer = (Map<?, ?>) stage.execute(context, question);
        try (InputStream in = context.blobs().open((String) answer.get("blob"))) {
            return new ObjectMapper().readTree(in);
        }
    }

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("a.docx", Zip.docx(Zip.p("Title", Zip.r("Tides"))), "Tides"),
                Arguments.of("a.pptx", OtherFormatsTest.pptx("Alone"), "Slide 1\n\nAlone"),
                Arguments.of("a.xlsx", OtherFormatsTest.xlsx("<row><c><v>46082</v></c></row>"), "Levels\n\n46082"),
                Arguments.of("a.odt", OtherFormatsTest.odt("<t:p>The tide</t:p>"), "The tide"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachFormatIsReadAndStored(String name, Zip file, String text) throws Exception {
        JsonNode document = ask(name, file.bytes(), Map.of("language", "en"));
        assertThat(document.path("text").asText()).isEqualTo(text);
        assertThat(document.path("lang").asText()).isEqualTo("en");
        assertThat(document.at("/source/name").asText()).isEqualTo(name);
        assertThat(context.library().parts("document"))
                .as("whoever asks keeps it")
                .isEmpty();
    }

    @Test
    void theSettingsOfParseHold() {
        byte[] docx = Zip.docx(Zip.p("", Zip.r("Words."))).bytes();
        assertThatThrownBy(() -> ask("a.docx", docx, Map.of("max_bytes", 10)))
                .isInstanceOf(StageFailure.class)
                .hasMessage("a.docx has more than 10 bytes (setting max_bytes).");
    }
}
