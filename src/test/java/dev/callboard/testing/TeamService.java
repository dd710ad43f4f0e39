package dev.callboard.testing;

import static dev.callboard.testing.WebStub.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The web service of a team without Java: {@code POST /retitle} wants a token and puts a word before the title of a document,
 * {@code POST /results} takes what a webhook sink delivers.
 */
public final class TeamService implements AutoCloseable {
    public static final String TOKEN = "t0ken-of-the-service";
    public static final String SIGNED_WITH = "signs-the-results";

    private static final JsonMapper MAPPER = new JsonMapper();

    private final WebStub web = new WebStub()
            .answer("/retitle", TeamService::retitle)
            .answer("/results", each -> reply(each, 204, "text/plain", ""));

    private static void retitle(HttpExchange exchange) throws IOException {
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            reply(exchange, 401, "text/plain", "Who are you?");
            return;
        }
        JsonNode body = MAPPER.readTree(WebStub.body(exchange));
        ObjectNode document = (ObjectNode) body.path("document");
        document.put("title", "Checked: " + document.path("title").asText());
        reply(exchange, 200, "application/json", body.toString());
    }

    /** Host and port, as {@code network.allow} takes them. */
    public String address() {
        return "127.0.0.1:" + web.port();
    }

    public String url(String path) {
        return web.url(path);
    }

    /** The result that is delivered first, as soon as it is there; its signature is that of {@link #SIGNED_WITH}. */
    public JsonNode delivered() throws IOException, GeneralSecurityException {
        WebStub.Request delivered = await().until(
                        () -> web.requests().stream()
                                .filter(request -> request.line().equals("POST /results"))
                                .toList(),
                        all -> !all.isEmpty())
                .get(0);
        assertThat(delivered.header("Callboard-signature")).isEqualTo(signature(delivered));
        return MAPPER.readTree(delivered.body());
    }

    private static String signature(WebStub.Request delivered) throws GeneralSecurityException {
        String time = delivered.header("Callboard-signature").replaceFirst("t=(\\d+),.*", "$1");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SIGNED_WITH.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] hash = mac.doFinal((time + "." + delivered.body()).getBytes(StandardCharsets.UTF_8));
        return "t=" + time + ",v1=" + HexFormat.of().formatHex(hash);
    }

    @Override
    public void close() {
        web.close();
    }
}
