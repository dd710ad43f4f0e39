package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.json.Json;
import dev.callboard.palette.RefusalClass;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The class of a refusal goes with its reason, and is no part of what clients see. */
class RefusalsTest {
    private static final PluginStatus LOADED =
            new PluginStatus("a.jar", "A", "1", "1.0", "none", "loaded", List.of("a"), null, null, "0", 3, false);

    @Test
    void theClassIsNotInTheJson() {
        PluginStatus refused = LOADED.refused(RefusalClass.COLLISION, "Its stage collides.");
        assertThat(refused.refusal()).isEqualTo(RefusalClass.COLLISION);
        String json = Json.write(refused);
        assertThat(json).contains("\"reason\":\"Its stage collides.\"").doesNotContain("refusal", "COLLISION");
        PluginStatus read = Json.read(json, PluginStatus.class);
        assertThat(read.refusal()).isNull();
        assertThat(read.refused(RefusalClass.COLLISION, "Its stage collides.")).isEqualTo(refused);
    }

    @Test
    void whatTheCodeThrowsIsOfTheClassCode() {
        assertThat(PluginRefused.because(new IllegalStateException("not registered within 5 ms."))
                        .refusal())
                .isEqualTo(RefusalClass.CODE);
        assertThat(PluginRefused.because(new NoClassDefFoundError("a/B")).refusal())
                .isEqualTo(RefusalClass.CODE);
    }
}
