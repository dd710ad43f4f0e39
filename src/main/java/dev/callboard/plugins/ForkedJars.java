package dev.callboard.plugins;

import dev.callboard.fork.ForkException;
import dev.callboard.fork.ForkedPlugin;
import dev.callboard.fork.Forks;
import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.store.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars whose code runs in processes of their own, and by their SHA-256 what each registered when it was loaded: a start need
 * not start a Java for each to hear the same again. It is heard anew by another Java. Losing the file costs a start some time and
 * nothing else. All methods block.
 */
final class ForkedJars {
    private static final Logger LOG = LoggerFactory.getLogger(ForkedJars.class);

    /** So many are kept, the latest. */
    private static final int MOST = 100;

    private static final String JAVA = String.valueOf(Runtime.version());

    private final Forks forks;
    private final Path file;
    private final Map<String, List<?>> heard = new LinkedHashMap<>();

    /**
     * Reads what was heard.
     *
     * @param file may be missing, and may be anything
     */
    ForkedJars(Forks forks, Path file) {
        this.forks = forks;
        this.file = file;
        read().forEach((sha256, stages) -> {
            if (stages instanceof List<?> list) {
                heard.put(String.valueOf(sha256), list);
            }
        });
    }

    private Map<?, ?> read() {
        try {
            Object value = Json.parse(Files.readAllBytes(file));
            return value instanceof Map<?, ?> map
                            && JAVA.equals(map.get("java"))
                            && map.get("jars") instanceof Map<?, ?> jars
                    ? jars
                    : Map.of();
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException | JsonSyntaxException e) {
            LOG.debug("{} cannot be read: each jar is asked again", file, e);
            return Map.of();
        }
    }

    /** Starts a process, which loads the jar and says what it registers. */
    ForkedPlugin load(String name, Path jar) throws ForkException, InterruptedException {
        return forks.load(name, jar);
    }

    /** The plugin without a process, when the same jar was loaded before. */
    Optional<ForkedPlugin> heard(String name, Path jar, String sha256) {
        List<?> described = of(sha256);
        if (described == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(forks.heard(name, jar, described));
        } catch (ForkException e) {
            LOG.debug("What is kept of the plugin {} does not describe it; it is asked again", name, e);
            return Optional.empty();
        }
    }

    private synchronized @Nullable List<?> of(String sha256) {
        return heard.get(sha256);
    }

    /** Keeps what a jar registered; to be called for what is as the jar says of itself. */
    synchronized void keep(String sha256, ForkedPlugin plugin) {
        heard.remove(sha256);
        heard.put(sha256, plugin.described());
        if (heard.size() > MOST) {
            heard.remove(heard.keySet().iterator().next());
        }
        try {
            Map<String, Object> all = Map.of("java", JAVA, "jars", heard);
            AtomicFile.write(file, Json.writePretty(all).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("{} cannot be written: each jar is asked again at the next start", file, e);
        }
    }
}
