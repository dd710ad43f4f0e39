package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Reply;
import dev.callboard.testing.ServerFixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** A server with stages whose ports fit each other, or do not. */
abstract class PortsFixture extends ServerFixture {
    @BeforeEach
    void stages() {
        stage("reads", List.of("text"), List.of("document"));
        stage("splits", List.of("document"), List.of("claims", "names"));
        stage("joins", List.of("claims", "document"), List.of("text"));
    }

    /** A stage whose ports are called as their types. */
    private void stage(String id, List<String> takes, List<String> gives) {
        Map<String, Object> ports = Map.of("inputs", ports(takes), "outputs", ports(gives));
        Reply made = http.post(
                "/api/vp/stages", Map.of("id", id, "name", id, "type", "stage", "executor", "manual", "ports", ports));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
    }

    private static List<Map<String, String>> ports(List<String> types) {
        return types.stream().map(type -> Map.of("name", type, "type", type)).toList();
    }
}
