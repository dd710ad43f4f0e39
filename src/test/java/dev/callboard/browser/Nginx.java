package dev.callboard.browser;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * This machine's nginx with one of our examples: only ports, names of files and, without TLS, the lines about it are others.
 * Where there is none the test is skipped, but not in CI.
 */
final class Nginx implements AutoCloseable {
    private static final Path EXAMPLES = Path.of("deploy", "nginx");
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path executable;
    private final Path folder;
    private final String example;
    private final int port;
    private @Nullable Process process;

    private Nginx(Path executable, Path folder, String example, int port) {
        this.executable = executable;
        this.folder = folder;
        this.example = example;
        this.port = port;
    }

    /** Finds nginx and a free port. */
    static Nginx prepare(Path folder, String example) throws IOException {
        Path executable = Stream.of(System.getenv("NGINX"), "/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (executable == null && System.getenv("CI") == null) {
            Assumptions.abort("nginx is missing: run bin/test, which installs it, or name it in the variable NGINX");
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Nginx(
                    Objects.requireNonNull(executable, "nginx is missing"),
                    Files.createDirectories(folder.resolve("nginx")),
                    Files.readString(EXAMPLES.resolve(example)),
                    free.getLocalPort());
        }
    }

    int port() {
        return port;
    }

    /** Passes requests on to a server. */
    void start(String server, boolean tls) throws Exception {
        String config = example.replace("http://127.0.0.1:8080", server)
                .replace("listen 443 ssl;", "listen 127.0.0.1:" + port + (tls ? " ssl;" : ";"))
                .replace(
                        "/etc/nginx/callboard.htpasswd", folder.resolve("users").toString())
                .replace("/etc/ssl/callboard", folder.toString());
        Files.writeString(folder.resolve("users"), "ann:{PLAIN}secret\n");
        if (tls) {
            certificate();
        } else {
            config = config.replaceAll("(?m)^\\s*ssl_certificate.*\n", "");
        }
        Files.writeString(folder.resolve("callboard.conf"), config);
        Files.writeString(folder.resolve("nginx.conf"), whole());
        process = new ProcessBuilder(
                        executable.toString(),
                        "-p",
                        folder.toString(),
                        "-c",
                        folder.resolve("nginx.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.log").toFile())
                .start();
        await().ignoreExceptions().until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            }
        });
    }

    private String whole() {
        String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
        StringBuilder http = new StringBuilder("access_log off;\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            http.append(kind)
                    .append("_temp_path ")
                    .append(folder)
                    .append('/')
                    .append(kind)
                    .append(";\n");
        }
        return user + "daemon off;\nmaster_process on;\npid " + folder + "/pid;\nerror_log " + folder
                + "/error.log;\nevents {}\nhttp {\n" + http + "include " + folder + "/callboard.conf;\n}\n";
    }

    /** Writes fullchain.pem and privkey.pem, made by the JDK. */
    private void certificate() throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("key.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "k",
                        "-dname",
                        "CN=127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().transferTo(new ByteArrayOutputStream());
        keytool.waitFor();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        pem("fullchain.pem", "CERTIFICATE", keys.getCertificate("k").getEncoded());
        pem("privkey.pem", "PRIVATE KEY", keys.getKey("k", PASSWORD).getEncoded());
    }

    private void pem(String file, String kind, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        Files.writeString(
                folder.resolve(file), "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.destroy();
            process.waitFor(20, TimeUnit.SECONDS);
        }
    }
}
