package dev.callboard.plugins;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The plugins that travel in the server's own jar, so that it can do something in an empty folder. They are unpacked into the
 * user's cache, once ({@link UnpackedPlugins}), or where there is none copied like any other jar; a new server brings new plugins. A jar of the plugins folder with the same plugin name, or one that has an id of
 * theirs, goes before them.
 *
 * @param jars in the order of their index
 */
public record BundledPlugins(List<Jar> jars) {
    /** No plugins travel with the server, or they are switched off. */
    public static final BundledPlugins NONE = new BundledPlugins(List.of());

    private static final String FOLDER = "META-INF/callboard/plugins/";

    /** The names of the jars beside it, one a line. */
    private static final String INDEX = FOLDER + "index.txt";

    /** Copies. */
    public BundledPlugins {
        jars = List.copyOf(jars);
    }

    /**
     * A plugin in the server's jar.
     *
     * @param file what stands for its file's name; no file of a folder can have it
     * @param name the plugin's name, as its manifest says
     * @param size in bytes
     * @param crc its CRC-32, as the server's jar says; -1 when it is in none
     * @param content where it is
     */
    public record Jar(String file, String name, long size, long crc, URL content) {
        private static final String LOADED = "bundled";

        /** Wanted when no jar of the folder has its name. */
        PluginFolder.Signature signature(@Nullable String instead) {
            return new PluginFolder.Signature(instead == null ? LOADED : "instead: " + instead, size, Instant.EPOCH);
        }

        InputStream open() throws IOException {
            return content.openStream();
        }
    }

    /** Those of the running server; none when it runs from a folder of classes. */
    public static BundledPlugins ofServer() {
        return of(Objects.requireNonNull(BundledPlugins.class.getClassLoader(), "the server's class loader"));
    }

    /** Those that a class loader sees. */
    static BundledPlugins of(ClassLoader loader) {
        URL index = loader.getResource(INDEX);
        if (index == null) {
            return NONE;
        }
        try (InputStream in = index.openStream()) {
            return new BundledPlugins(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(file -> jar(loader, file))
                    .toList());
        } catch (IOException e) {
            throw unreadable(INDEX, e);
        }
    }

    private static Jar jar(ClassLoader loader, String file) {
        URL content = loader.getResource(FOLDER + file);
        try {
            if (content == null) {
                throw new FileNotFoundException(FOLDER + file);
            }
            URLConnection connection = content.openConnection();
            try (JarInputStream jar = new JarInputStream(connection.getInputStream(), false)) {
                String name = jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_TITLE);
                long crc = connection instanceof JarURLConnection entry
                        ? entry.getJarEntry().getCrc()
                        : -1;
                return new Jar("callboard.jar!/" + file, name, connection.getContentLengthLong(), crc, content);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static UncheckedIOException unreadable(String what, IOException e) {
        return new UncheckedIOException("the server's own jar is damaged: " + what + " cannot be read", e);
    }
}
