package dev.callboard.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The plugin jars that {@code mvn package} builds. */
public final class FirstPartyPlugins {
    private FirstPartyPlugins() {}

    /** Copies those that travel in the server's jar into a server's folder. */
    public static void copyTo(Path folder) throws IOException {
        copy(jar(Path.of("plugins"), "callboard-documents-"), folder);
        copy(jar(Path.of("plugins"), "callboard-embed-"), folder);
        copy(jar(Path.of("plugins"), "callboard-download-"), folder);
    }

    /** Copies the example of a plugin project into a server's folder. */
    public static void copyExampleTo(Path folder) throws IOException {
        copy(jar(Path.of("examples", "stage-plugin", "target"), "text-stages-"), folder);
    }

    /** Copies the plugin for Office files into a server's folder. */
    public static void copyOfficeTo(Path folder) throws IOException {
        copy(jar(Path.of("stage-plugins", "office", "target"), "callboard-office-"), folder);
    }

    private static void copy(Path jar, Path folder) throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.copy(jar, plugins.resolve(jar.getFileName()));
    }

    private static Path jar(Path built, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(built)) {
            List<Path> jars = files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(prefix) && name.matches(".*-[0-9.]+\\.jar");
                    })
                    .toList();
            if (jars.size() != 1) {
                throw new AssertionError("mvn package builds one " + prefix + "*.jar; there are " + jars);
            }
            return jars.get(0);
        }
    }
}
