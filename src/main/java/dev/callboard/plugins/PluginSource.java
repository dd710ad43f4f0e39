package dev.callboard.plugins;

import dev.callboard.hash.Sha256;
import dev.callboard.palette.RefusalClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A jar that is loaded, from a copy: what is hashed is what is loaded, whatever is done to the jar meanwhile.
 *
 * @param file the jar's name in the plugins folder, or what stands for it
 * @param jar the bytes
 * @param bundled whether it travels in the server's jar
 * @param copy where its copy goes
 * @param filling makes it
 */
record PluginSource(
        String file, PluginFolder.Signature signature, Content jar, boolean bundled, PluginCopy copy, Filling filling) {
    private static final Logger LOG = LoggerFactory.getLogger(PluginSource.class);

    /** The largest jar that is copied. */
    private static final long MAX_JAR_BYTES = 2L << 30;

    /** Where the bytes of a jar are. */
    interface Content {
        InputStream open() throws IOException, PluginRefused;
    }

    /** Makes the copy; answers its SHA-256 in hexadecimal digits. */
    interface Filling {
        String make() throws IOException, PluginRefused;
    }

    /** A jar of the plugins folder. */
    static PluginSource of(String file, PluginFolder.Signature signature, Path jar, Path copy) {
        Content content = () -> opened(jar);
        return new PluginSource(
                file, signature, content, false, new PluginCopy(copy, false), () -> copied(signature, content, copy));
    }

    /** A jar that travels in the server's. */
    static PluginSource of(BundledPlugins.Jar jar, Path copy, Optional<Path> unpacked) {
        PluginFolder.Signature signature = jar.signature(null);
        if (unpacked.isPresent() && jar.crc() >= 0) {
            Path path = UnpackedPlugins.path(unpacked.get(), jar);
            return new PluginSource(
                    jar.file(),
                    signature,
                    jar::open,
                    true,
                    new PluginCopy(path, true),
                    () -> UnpackedPlugins.ensure(path, jar));
        }
        return new PluginSource(
                jar.file(),
                signature,
                jar::open,
                true,
                new PluginCopy(copy, false),
                () -> copied(signature, jar::open, copy));
    }

    private static InputStream opened(Path jar) throws IOException, PluginRefused {
        if (!Files.isRegularFile(jar)) {
            // Asked again here: to open a pipe would wait for a writer.
            throw new PluginRefused(RefusalClass.UNREADABLE, "It is not a file, or a link that leads nowhere.");
        }
        return Files.newInputStream(jar);
    }

    /** Copies the jar, and answers its SHA-256 in hexadecimal digits. */
    String makeCopy() throws IOException, PluginRefused {
        return filling.make();
    }

    private static String copied(PluginFolder.Signature signature, Content jar, Path copy)
            throws IOException, PluginRefused {
        if (signature.size() > MAX_JAR_BYTES) {
            throw new PluginRefused(RefusalClass.OTHER, "It is larger than " + MAX_JAR_BYTES + " bytes.");
        }
        Path copies = copy.getParent();
        if (copies != null) {
            Files.createDirectories(copies);
        }
        try (InputStream in = jar.open();
                OutputStream out =
                        Files.newOutputStream(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                DigestOutputStream digested = new DigestOutputStream(out, Sha256.digest())) {
            in.transferTo(digested);
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        }
    }

    /** Nothing reads the copy any more. */
    void deleteCopy() {
        try {
            copy.release();
        } catch (IOException e) {
            LOG.warn("Plugin {}: its copy cannot be deleted", file, e);
        }
    }
}
