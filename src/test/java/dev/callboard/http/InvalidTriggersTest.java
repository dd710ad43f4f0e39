package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A schedule whose pipeline cannot be used for a while. */
class InvalidTriggersTest {
    @Test
    void whileItsPipelineCannotBeUsedItIsInvalidAndSaysWhyItDoesNotFire(@TempDir Path folder) throws IOException {
        try (TestServer server = TestServer.start(folder)) {
            TriggerFixture fixture = TriggerFixture.on(server);
            JsonNode trigger =
                    fixture.trigger("secondly", "schedule", Map.of("cron", "* * * * * *", "overlap", "start"));
            await().until(() -> !fixture.tasks("secondly").isEmpty());
            Files.writeString(server.stagesFile(), Json.write(Stages.file("another")));
            await().until(() ->
                    fixture.trigger("secondly").at("/state").asText().equals("invalid"));
            assertThat(fixture.trigger("secondly").at("/reason").asText())
                    .contains("Its pipeline cannot be used", "look");
            assertThat(fixture.trigger("secondly").at("/can_fire").asBoolean()).isFalse();
            assertThat(fixture.command(trigger, "fire").code()).isEqualTo("trigger_invalid");
            await().until(() ->
                    fixture.trigger("secondly").at("/skipped").asText().contains("did not start"));
            int made = fixture.tasks("secondly").size();
            String skipped = fixture.trigger("secondly").at("/skipped").asText();
            await().until(() ->
                    !fixture.trigger("secondly").at("/skipped").asText().equals(skipped));
            assertThat(fixture.tasks("secondly"))
                    .as("it moves on and makes none")
                    .hasSize(made);
            Files.writeString(server.stagesFile(), Json.write(Stages.file("look")));
            await().until(() ->
                    fixture.trigger("secondly").at("/state").asText().equals("active"));
            assertThat(fixture.trigger("secondly").at("/id")).isEqualTo(trigger.at("/id"));
            await().until(() -> fixture.tasks("secondly").size() > made);
        }
    }
}
