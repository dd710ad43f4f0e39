package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.dispatch.TaskServer;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Tasks;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log of as many lines as one may have is searched whole. */
class LogSearchTest {
    private static final int LINES = 10_000;

    @TempDir
    Path dir;

    private TaskServer server;
    private Http http;
    private String log;

    @BeforeEach
    void start() throws Exception {
        server = new TaskServer(dir)
                .stage("talk", (context, input) -> {
                    for (int i = 0; i < LINES; i++) {
                        context.log("line " + i + (i % 1_000 == 7 ? " Fatal_100% Ärger" : ""));
                    }
                    return "done";
                })
                .chain("big-log", "talk")
                .start();
        http = Http.at(URI.create("http://127.0.0.1:" + server.http()));
        Tasks tasks = new Tasks(http);
        String id = tasks.start("big-log");
        tasks.until(id, "completed");
        log = "/api/executions/" + tasks.attempt(id, "talk").path("id").asText() + "/log";
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    private Reply search(String query) {
        Reply reply = http.get(log + "?" + query);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply;
    }

    private static List<Long> seqs(JsonNode array) {
        List<Long> seqs = new ArrayList<>();
        array.forEach(each -> seqs.add(each.isObject() ? each.path("seq").asLong() : each.asLong()));
        return seqs;
    }

    @Test
    void aWholeLogIsSearched() {
        Reply one = search("q=line%2042%20");
        assertThat(seqs(one.at("/items"))).isEmpty();
        one = search("q=line%2042");
        assertThat(seqs(one.at("/items")).get(0)).isEqualTo(43);
        assertThat(one.at("/items/0/text").asText()).isEqualTo("line 42");

        Reply hits = search("q=FATAL_100%25%20%C3%A4RGER&limit=4");
        List<Long> all = seqs(hits.at("/seqs"));
        assertThat(all).hasSize(10).startsWith(8L, 1_008L).endsWith(9_008L);
        assertThat(seqs(hits.at("/items"))).isEqualTo(all.subList(0, 4));
        assertThat(hits.at("/next").asLong()).isEqualTo(3_008);
        Reply last = search("q=fatal_100&limit=4&after=7008");
        assertThat(seqs(last.at("/items"))).isEqualTo(all.subList(8, 10));
        assertThat(last.json().path("next").isNull()).isTrue();
        assertThat(seqs(last.at("/seqs"))).as("all of them, on each page").isEqualTo(all);

        assertThat(seqs(search("q=line").at("/seqs"))).hasSize(LINES);
        Reply none = search("q=line%5F42");
        assertThat(none.at("/items")).isEmpty();
        assertThat(none.at("/seqs")).isEmpty();
        assertThat(http.get(log + "?q=").status()).isEqualTo(400);
        assertThat(http.get("/api/executions/nothing/log?q=a").status()).isEqualTo(404);
    }

    @Test
    void aPageThatIsFullAndTheLastHasNoNext() {
        Reply before = search("after=" + (LINES - 2) + "&limit=1");
        assertThat(before.at("/next").asLong()).isEqualTo(LINES - 1);
        Reply last = search("after=" + (LINES - 1) + "&limit=1");
        assertThat(seqs(last.at("/items"))).containsExactly((long) LINES);
        assertThat(last.json().path("next").isNull()).isTrue();
    }
}
