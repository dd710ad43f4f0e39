package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Reply;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every address says which methods it takes, and reads alike with GET and HEAD. */
class MethodsTest extends UntouchedServer {
    private static final List<String> ALL = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW");

    @Test
    void everyOtherMethodOfEveryPathGets405WithThoseThatItTakes() {
        paths().forEach((path, taken) -> {
            String address = path.replaceAll("\\{\\w+}", "nothing");
            for (String method : ALL) {
                if (!taken.contains(method)) {
                    Reply reply = http.send(method, address, null);
                    assertThat(reply.status())
                            .as(method + " " + address + " " + reply)
                            .isEqualTo(405);
                    assertThat(reply.header("Allow").split(", ")).contains(taken.toArray(String[]::new));
                    assertThat(reply.code()).isEqualTo("method_not_allowed");
                }
            }
            Reply options = http.send("OPTIONS", address, null);
            assertThat(options.status()).isEqualTo(204);
            assertThat(options.header("Allow").split(", ")).contains(taken.toArray(String[]::new));
        });
    }

    @Test
    void headOfEveryPathIsGetWithoutItsBody() {
        paths().forEach((path, taken) -> {
            if (taken.contains("GET")) {
                same(path.replace("/api/vp/stages/{id}", "/api/vp/stages/there").replaceAll("\\{\\w+}", "nothing"));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/tasks/new", "/sw.js", "/favicon.svg", "/openapi.yaml", "/asyncapi.yaml"})
    void whatIsReadHasAnEtag(String path) {
        same(path);
        String etag = http.get(path).header("ETag");
        assertThat(etag).as(path).isNotEmpty();
        Reply again = http.get(path, "If-None-Match", etag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.bytes()).isEmpty();
        assertThat(http.get(path, "If-None-Match", "W/" + etag + ", \"other\"").status())
                .isEqualTo(304);
        assertThat(http.get(path, "If-None-Match", "\"other\"").status()).isEqualTo(200);
        Reply write = http.post(path, null);
        assertThat(write.status()).isEqualTo(405);
        assertThat(write.header("Allow")).contains("GET", "HEAD");
    }

    private static void same(String address) {
        Reply get = http.get(address);
        Reply head = http.send("HEAD", address, null);
        assertThat(head.status()).as(address + " " + get).isEqualTo(get.status());
        assertThat(head.bytes()).isEmpty();
        for (String name : List.of("Content-Type", "Cache-Control", "X-Content-Type-Options", "Allow")) {
            assertThat(head.header(name)).as(address + " " + name).isEqualTo(get.header(name));
        }
        if (get.status() == 200) {
            assertThat(get.header("ETag")).as(address).isNotEmpty();
            assertThat(head.header("ETag")).as(address).isNotEmpty();
        }
    }

    /** The paths of the contract, with the methods that each takes. */
    private static Map<String, TreeSet<String>> paths() {
        Map<?, ?> contract = contract();
        Map<String, TreeSet<String>> paths = new TreeMap<>();
        ((Map<?, ?>) contract.get("paths")).forEach((path, item) -> {
            TreeSet<String> methods = new TreeSet<>();
            // An address such as …/reorder is one of …/{template} too.
            for (Map.Entry<?, ?> other : ((Map<?, ?>) contract.get("paths")).entrySet()) {
                if (String.valueOf(path).matches(String.valueOf(other.getKey()).replaceAll("\\{\\w+}", "[^/]+"))) {
                    ((Map<?, ?>) other.getValue())
                            .keySet()
                            .forEach(key -> methods.add(String.valueOf(key).toUpperCase(java.util.Locale.ROOT)));
                }
            }
            methods.retainAll(ALL);
            paths.put(String.valueOf(path), methods);
        });
        return paths;
    }
}
