package dev.callboard.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
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

    /** The key as a PEM file that its owner alone can read. */
    public Path key() {
        Path file = pem.resolveSibling("own.key");
        try (InputStream stored = Files.newInputStream(keyStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(stored, PASSWORD.toCharArray());
            byte[] key = store.getKey("own", PASSWORD.toCharArray()).getEncoded();
            Files.writeString(
                    file,
                    "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                            + "\n-----END PRIVATE KEY-----\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return file;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
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
