package dev.callboard.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.json.Json;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that look like others: not taken over the API, kept where a stages file has them from before. */
class MisleadingNamesTest extends StagesFileFixture {
    private static final String DETAIL = "must not contain characters that turn the direction of text";

    @ParameterizedTest
    @ValueSource(strings = {"\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069"})
    void aNewStageWithOneIsRefused(String mark) {
        refused(http.post("/api/vp/stages", Stages.manual("pay", "Pay" + mark + "out")), "/name");
        Map<String, Object> labelled = Stages.manual("pay");
        labelled.put("label", mark + "Pay");
        refused(http.post("/api/vp/stages", labelled), "/label");
        assertThat(shown()).isEmpty();
    }

    @Test
    void soAreTheLabelsOfItsSettings() {
        Map<String, Object> stage = Stages.manual("pay");
        stage.put(
                "settings_schema",
                List.of(
                        Map.of("key", "a", "type", "string", "label", "Good"),
                        Map.of("key", "b", "type", "string", "label", "B\u200f"),
                        Map.of(
                                "key",
                                "c",
                                "type",
                                "select",
                                "options",
                                List.of(Map.of("value", 1), Map.of("value", 2, "label", "\u200eTwo")))));
        refused(http.post("/api/vp/stages", stage), "/settings_schema/1/label", "/settings_schema/2/options/1/label");
    }

    @Test
    void aStageIsNotReplacedByOne() {
        assertThat(server.add("pay").status()).isEqualTo(200);
        refused(http.put("/api/vp/stages/pay", Stages.manual("pay", "Pay\u200eout")), "/name");
        assertThat(http.get("/api/vp/stages/pay").at("/name").asText()).isEqualTo("Stage pay");
    }

    @Test
    void aFileThatHasOneStillLoads() throws Exception {
        edit(Json.writePretty(Map.of("stages", List.of(Stages.manual("pay", "Pay\u200eout")))));
        restart();
        assertThat(status()).isEqualTo("ok");
        assertThat(http.get("/api/vp/stages/pay").at("/name").asText()).isEqualTo("Pay\u200eout");
        assertThat(server.add("other").status()).isEqualTo(200);
        assertThat(shown()).containsExactlyInAnyOrder("pay", "other");
        assertThat(http.put("/api/vp/stages/pay", Stages.manual("pay", "Payout"))
                        .status())
                .isEqualTo(200);
    }

    private static void refused(Reply reply, String... pointers) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("invalid_stage");
        assertThat(reply.at("/errors").findValuesAsText("pointer")).containsOnly(pointers);
        assertThat(reply.at("/errors").findValuesAsText("detail")).contains(DETAIL);
    }
}
