package dev.callboard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import dev.callboard.testing.ServerFixture;
import java.util.ArrayList;
import java.util.List;

/** A server and what its audit log tells. */
abstract class AuditFixture extends ServerFixture {
    static final String[] EDITOR = {"X-Callboard-Actor", "editor-1"};
    static final String API = "editor-1 from api 127.0.0.1";
    static final String STAGES_FILE = "file: config/custom_pipeline_stages.json from file";
    static final String MINE = "file: pipelines/mine.yaml from file";

    List<JsonNode> rows(String query) {
        Reply reply = http.get("/api/audit?" + query);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        List<JsonNode> rows = new ArrayList<>();
        reply.at("/items").forEach(rows::add);
        return rows;
    }

    /** "kind subject, actor from origin" of the rows, oldest first. */
    List<String> told(String query) {
        List<String> told = new ArrayList<>();
        rows(query)
                .forEach(row -> told.add(
                        0,
                        row.path("kind").asText() + " " + row.path("subject").asText() + ", "
                                + row.path("actor").asText() + " from "
                                + row.path("origin").asText()));
        return told;
    }
}
