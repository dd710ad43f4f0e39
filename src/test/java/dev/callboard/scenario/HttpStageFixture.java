package dev.callboard.scenario;

import static org.awaitility.Awaitility.await;

import dev.callboard.testing.HttpStages;
import dev.callboard.testing.TestServer;
import dev.callboard.testing.WebStub;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A server whose stages may call a web service here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HttpStageFixture {
    final WebStub web = new WebStub();
    TestServer server;
    HttpStages stages;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = TestServer.start(folder, Map.of("network.allow", "127.0.0.1:" + web.port()));
        stages = new HttpStages(server.http());
        web.answer("/echo", exchange -> WebStub.reply(exchange, 200, "text/plain", WebStub.body(exchange)));
        // The process that checks expressions may take a while to be there.
        await().until(() ->
                stages.answer(Map.of("url", "http://x/", "response", "body.(")).status() == 400);
    }

    @AfterAll
    void stop() {
        server.close();
        web.close();
    }

    WebStub.Request last() {
        return web.requests().get(web.requests().size() - 1);
    }
}
