package dev.callboard.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate that nobody knows, of the host names {@code localhost} and {@code own.test}, made with the Java runtime's
 * keytool.
 *
 * @param keyStore PKCS #12 with certificate and key
 * @param pem the certificate alone
 */
public record OwnAuthority(Path keyStore, Path pem) {
    /** Opens the key store. */
    public static final String PASSWORD = "changeit";

    /** Makes one in a folder. */
    public static OwnAuthority in(Path folder) throws IOException {
        OwnAuthority made = new OwnAuthority(folder.resolve("own.p12"), folder.resolve("own.pem"));
        keytool(
                made,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=own.test",
                "-validity",
                "30",
                "-ext",
                "san=dns:localhost,dns:own.test");
        keytool(made, "-exportcert", "-rfc", "-file", made.pem().toString());
        return made;
    }

    private static void keytool(OwnAuthority made, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("-alias", "own", "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", made.keyStore().toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(said);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (!Files.isRegularFile(made.keyStore())) {
            throw new AssertionError(said);
        }
    }
}
