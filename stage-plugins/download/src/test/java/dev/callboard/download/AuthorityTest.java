package dev.callboard.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.callboard.spi.net.Outbound;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's authorities are trusted beside those of the Java runtime. */
class AuthorityTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    /** A certificate of {@code own.test} that nobody knows, with its key. */
    private KeyStore made() throws Exception {
        Path file = folder.resolve("own.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=own.test",
                        "-ext",
                        "san=dns:own.test",
                        "-alias",
                        "own",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(printed).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            store.load(bytes, PASSWORD.toCharArray());
        }
        return store;
    }

    private static HttpsServer serving(KeyStore own) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 6);
            exchange.getResponseBody().write("secure".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        return server;
    }

    private static Map<?, ?> run(Outbound outbound, String url) throws Exception {
        TestContext context = new TestContext();
        context.outbound(outbound);
        context.with("urls", List.of(url)).with("on_error", "continue").with("attempts", 1);
        return (Map<?, ?>) new DownloadStage(
                        host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")}, context::now, context::pause)
                .execute(context, context.inputs());
    }

    @Test
    void aServerWithACertificateOfOnesOwnIsReadWhereItsAuthorityIsNamed() throws Exception {
        KeyStore own = made();
        HttpsServer server = serving(own);
        try {
            String url = "https://own.test:" + server.getAddress().getPort() + "/a.txt";
            assertThat(TestContext.maps(run(Outbound.DIRECT, url).get("errors")))
                    .hasSize(1);
            Outbound trusting = new Outbound(Optional.empty(), List.of((X509Certificate) own.getCertificate("own")));
            assertThat(TestContext.files(run(trusting, url))).hasSize(1);
        } finally {
            server.stop(0);
        }
    }
}
