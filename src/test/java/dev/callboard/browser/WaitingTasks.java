package dev.callboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tasks that wait for their ledger: a pipeline of one gate, which a policy lets through once an hour or at will. */
final class WaitingTasks {
    private static final Pattern ID = Pattern.compile("\"id\":\"([a-z0-9]{18})\"");
    private static final String YAML = "application/yaml";

    private WaitingTasks() {}

    /** Writes the pipeline. */
    static void pipeline(PackagedServer server, String name) {
        server.send("PUT", "/api/pipelines/" + name, YAML, definition(name, ""));
    }

    /** Writes a pipeline whose second task in an hour is held back. */
    static void limitedPipeline(PackagedServer server, String name) {
        server.send(
                "PUT",
                "/api/pipelines/" + name,
                YAML,
                definition(
                                name,
                                """
                policies:
                  seldom: {rate_limit: {permits: 1, per_seconds: 3600}}
                """)
                        .replace("gate: ready", "gate: ready\n    policy: seldom"));
    }

    private static String definition(String name, String more) {
        return """
                # Waits until somebody has looked at the scan.
                name: %s
                version: 1.0.0
                stages:
                  - name: scan
                    type: gate
                    depends_on: []
                    gate: ready
                gates:
                  - name: ready
                    timeout_seconds: 86400
                    condition: {field: scan_checked, equals: true}
                """
                        .formatted(name)
                + more;
    }

    /** The id of a new task that runs. */
    static String start(PackagedServer server, String title, String pipeline) {
        String answer = server.send(
                "POST",
                "/api/tasks",
                "application/json",
                "{\"title\":\"%s\",\"pipeline\":\"%s\",\"auto_start\":true}".formatted(title, pipeline));
        Matcher id = ID.matcher(answer);
        assertThat(id.find()).as(answer).isTrue();
        return id.group(1);
    }
}
