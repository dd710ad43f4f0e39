package dev.callboard.process;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.process.ProcessTable.Row;
import dev.callboard.store.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written down of each running program, in a file of its own: which process it is. It is on the disk before the
 * program's first instruction, and goes when nothing of the program is left.
 */
final class ProcessRecords {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessRecords.class);

    private static final String SUFFIX = ".json";

    private final Path folder;
    private final String owner;

    /**
     * @param folder made when the first record is written
     * @param owner whose records are believed: those of a data folder that this one was copied from are not
     */
    ProcessRecords(Path folder, String owner) {
        this.folder = folder;
        this.owner = owner;
    }

    private Path file(String id) {
        return folder.resolve(id + SUFFIX);
    }

    /** Writes one, to the disk. */
    void write(String id, String purpose, Row process) throws IOException {
        Map<String, Object> record = Map.of(
                "owner",
                owner,
                "boot",
                ProcessTable.boot(),
                "pid",
                process.pid(),
                "start",
                process.start(),
                "purpose",
                purpose);
        AtomicFile.write(file(id), Json.writePretty(record).getBytes(StandardCharsets.UTF_8));
    }

    /** Removes one. Should it come back after a crash, it names a process that is not there any more. */
    void remove(String id) {
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", file(id), e.toString());
        }
    }

    /** The programs of earlier records that still run, by id: when each started. */
    Map<Long, Long> running() throws IOException {
        Map<Long, Long> running = new HashMap<>();
        if (!Files.isDirectory(folder)) {
            return running;
        }
        String boot = ProcessTable.boot();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                Map<?, ?> record = read(file);
                if (owner.equals(record.get("owner"))
                        && boot.equals(record.get("boot"))
                        && record.get("pid") instanceof Number pid
                        && record.get("start") instanceof Number start) {
                    ProcessTable.row(pid.longValue())
                            .filter(now -> now.start() == start.longValue())
                            .ifPresent(now -> running.put(now.pid(), now.start()));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return running;
    }

    /** One that cannot be read says nothing; its processes still carry their mark. */
    private static Map<?, ?> read(Path file) {
        try {
            return Json.parse(Files.readAllBytes(file)) instanceof Map<?, ?> record ? record : Map.of();
        } catch (IOException | JsonSyntaxException e) {
            LOG.warn("{} cannot be read: {}", file, e.toString());
            return Map.of();
        }
    }

    /** Removes all: nothing of them runs any more. */
    void clear() {
        if (Files.isDirectory(folder)) {
            new WorkFolder(folder, true).close();
        }
    }
}
