package dev.callboard.packaged;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import dev.callboard.spi.testing.RecordingStageContext;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Runs the packaged plugin as the server's process for plugins does: its classes come from its jar and from nowhere else.
 *
 * <p>Arguments: the jar, then {@code model} or {@code endpoint}, then for the latter a key store of an https server. It prints what
 * came out, and ends without any clean-up, as a process that is killed.
 */
public final class PackagedMain {
    /** Of the key store. */
    static final String PASSWORD = "packaged";

    private PackagedMain() {}

    /** Sees the JDK and the stage API. */
    private static final class ApiLoader extends ClassLoader {
        ApiLoader() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("dev.callboard.spi.")) {
                return PackagedMain.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        URL jar = Path.of(arguments[0]).toUri().toURL();
        URLClassLoader loader = new URLClassLoader(new URL[] {jar}, new ApiLoader());
        Thread.currentThread().setContextClassLoader(loader);
        StagePlugin plugin =
                ServiceLoader.load(StagePlugin.class, loader).findFirst().orElseThrow();
        if (arguments[1].equals("model")) {
            model(plugin, start);
        } else {
            endpoint(plugin, Path.of(arguments[2]));
        }
        Runtime.getRuntime().halt(0);
    }

    private static void model(StagePlugin plugin, long start) throws Exception {
        RecordingStageContext context = new RecordingStageContext();
        Stage stage = plugin.stages().get(0).factory().get();
        Map<?, ?> output =
                (Map<?, ?>) stage.execute(context, List.of(chunk("a", PackagedIT.TEXT), chunk("b", "another text")));
        System.out.println("ids " + output.get("vectors"));
        System.out.println("blob " + output.get("blob"));
        System.out.println("start " + (System.nanoTime() - start) / 1_000_000 + " ms");
        Map<?, ?> answer = null;
        long asked = 0;
        for (int i = 0; i < 50; i++) {
            asked = System.nanoTime();
            Stage query = plugin.queries().get("embed-text").get();
            answer = (Map<?, ?>) query.execute(context, Map.of("texts", List.of(PackagedIT.TEXT)));
        }
        System.out.println("query " + (System.nanoTime() - asked) / 1_000 + " µs");
        System.out.println("vector " + ((List<?>) answer.get("vectors")).get(0));
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            lines.filter(line -> line.startsWith("VmHWM")).forEach(System.out::println);
        }
    }

    private static Map<String, Object> chunk(String id, String text) {
        return Map.of("id", id, "doc_id", "d", "text", text, "tokens", 3);
    }

    private static void endpoint(StagePlugin plugin, Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(factory.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/v1/embeddings", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                byte[] body = "{\"data\": [{\"embedding\": [0, 3.0, 4]}]}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        RecordingStageContext context = new RecordingStageContext()
                .pluginSetting("url", "https://127.0.0.1:" + server.getAddress().getPort() + "/v1")
                .pluginSetting("model", "tiny")
                .network(new AddressRules(List.of("127.0.0.1"), List.of(), Set.of()));
        System.out.println("untrusted " + ask(plugin, context));
        String alias = keys.aliases().nextElement();
        context.outbound(new Outbound(Optional.empty(), List.of((X509Certificate) keys.getCertificate(alias))));
        System.out.println("trusted " + ask(plugin, context));
    }

    private static Object ask(StagePlugin plugin, RecordingStageContext context) {
        try {
            Stage query = plugin.queries().get("embed-text").get();
            return ((Map<?, ?>) query.execute(context, Map.of("texts", List.of("a")))).get("vectors");
        } catch (Exception e) {
            return e.getMessage();
        }
    }
}
