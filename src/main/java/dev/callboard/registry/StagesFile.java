package dev.callboard.registry;

import dev.callboard.json.Json;
import dev.callboard.json.JsonPointers;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.model.StageDefinition;
import dev.callboard.model.StageDefinitionReader;
import dev.callboard.model.StageDefinitionWriter;
import dev.callboard.model.Violation;
import dev.callboard.store.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of custom stages: {@code {"stages": [...]}}, sorted by id, written whole or not at all. Beside it stands
 * {@code .bak}, the last state that was known to be good. All methods block.
 */
final class StagesFile {
    private static final Logger LOG = LoggerFactory.getLogger(StagesFile.class);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    private final Path file;
    private final Path backup;
    private boolean backupFailed;

    /** Names the file; it need not exist. */
    StagesFile(Path file) {
        this.file = file;
        this.backup = file.resolveSibling(file.getFileName() + ".bak");
    }

    /** What tells one state of the file from another without reading it; null when there is no file. */
    record Signature(Object key, long size, Instant modified) {}

    /**
     * What was read.
     *
     * @param stages by id; null when the file is unreadable
     * @param status how the file is
     * @param signature of what was read
     */
    record Content(
            @Nullable SortedMap<String, StageDefinition> stages,
            StagesFileStatus status,
            @Nullable Signature signature) {}

    /** The file was changed from outside since it was read or written last. */
    static final class OvertakenException extends IOException {
        private static final long serialVersionUID = 1L;

        OvertakenException() {
            super("the stages file was changed meanwhile");
        }
    }

    /** The present signature. */
    @Nullable
    Signature signature() throws IOException {
        try {
            return signatureOf(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static Signature signatureOf(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Signature(
                String.valueOf(attributes.fileKey()),
                attributes.size(),
                attributes.lastModifiedTime().toInstant());
    }

    /**
     * Reads the file. A missing one is an empty one; one that does not parse or validate is unreadable.
     *
     * @param reserved ids of built-in and plugin entries, which a custom stage may not have
     */
    Content read(Set<String> reserved) throws IOException {
        Signature signature = signature();
        if (signature == null) {
            return new Content(new TreeMap<>(), StagesFileStatus.ok(path()), null);
        }
        try {
            SortedMap<String, StageDefinition> stages = parse(Files.readAllBytes(file), reserved);
            return new Content(stages, StagesFileStatus.ok(path()), signature);
        } catch (NoSuchFileException e) {
            return new Content(new TreeMap<>(), StagesFileStatus.ok(path()), null);
        } catch (Unreadable e) {
            return new Content(
                    null,
                    StagesFileStatus.unreadable(
                            path(), e.line, e.column, String.valueOf(e.getMessage()), readBackup(reserved) != null),
                    signature);
        }
    }

    /** Reads the last good state; null when there is none. */
    @Nullable
    SortedMap<String, StageDefinition> readBackup(Set<String> reserved) throws IOException {
        try {
            return parse(Files.readAllBytes(backup), reserved);
        } catch (NoSuchFileException | Unreadable e) {
            return null;
        }
    }

    private SortedMap<String, StageDefinition> parse(byte[] bytes, Set<String> reserved) throws Unreadable {
        Object value;
        try {
            value = Json.parse(bytes);
        } catch (JsonSyntaxException e) {
            throw new Unreadable(e.line(), e.column(), String.valueOf(e.getMessage()));
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!(value instanceof Map<?, ?> map) || !(map.get("stages") instanceof List<?> list)) {
            throw new Unreadable(1, 1, "The file must be an object with a list 'stages'.");
        }
        SortedMap<String, StageDefinition> stages = new TreeMap<>();
        for (int i = 0; i < list.size(); i++) {
            String pointer = "/stages/" + i;
            StageDefinitionReader.Result result = StageDefinitionReader.read(list.get(i), pointer);
            StageDefinition stage = result.definition();
            if (stage == null) {
                throw at(text, result.violations().get(0));
            }
            if (reserved.contains(stage.id())) {
                throw at(text, new Violation(pointer + "/id", "'" + stage.id() + "' is a built-in or plugin stage"));
            }
            if (stages.put(stage.id(), stage) != null) {
                throw at(text, new Violation(pointer + "/id", "'" + stage.id() + "' is there twice"));
            }
        }
        return stages;
    }

    private static Unreadable at(String text, Violation violation) {
        JsonPointers.Position position = JsonPointers.find(text, violation.pointer());
        return new Unreadable(position.line(), position.column(), violation.pointer() + " " + violation.detail() + ".");
    }

    /**
     * Writes all stages, then the backup. Either all of them are in the file afterwards, or it is as it was.
     *
     * @param expected the signature of the file that is replaced
     * @return the signature of the file that replaced it; taken before the rename, so that no edit after it is missed
     * @throws OvertakenException when the file is not the expected one; nothing was written
     */
    Signature write(Collection<StageDefinition> stages, @Nullable Signature expected) throws IOException {
        byte[] bytes = bytes(stages);
        requireReadable(bytes);
        Path prepared = AtomicFile.prepare(file, bytes);
        Signature written = signatureOf(prepared);
        if (!Objects.equals(signature(), expected)) {
            Files.delete(prepared);
            throw new OvertakenException();
        }
        AtomicFile.replace(prepared, file);
        writeBackup(bytes);
        return written;
    }

    /** What could not be read back must never reach the disk, whatever was accepted before. */
    private void requireReadable(byte[] bytes) throws IOException {
        try {
            parse(bytes, Set.of());
        } catch (Unreadable e) {
            throw new IOException("the stages would not be readable afterwards, " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Collection<StageDefinition> stages) {
        List<?> list = stages.stream().map(StageDefinitionWriter::definition).toList();
        return Json.writePretty(Map.of("stages", list)).getBytes(StandardCharsets.UTF_8);
    }

    /** Keeps what was read by hand as the last good state. */
    void writeBackup(Collection<StageDefinition> stages) {
        writeBackup(bytes(stages));
    }

    /** A backup that cannot be written is no reason to refuse what the file itself has. */
    private void writeBackup(byte[] bytes) {
        try {
            AtomicFile.write(backup, bytes);
            backupFailed = false;
        } catch (IOException e) {
            if (!backupFailed) {
                LOG.warn("{} cannot be written: the stages file has no backup", backup, e);
            }
            backupFailed = true;
        }
    }

    /** Keeps an unreadable file's content in {@code <name>.corrupt-<time>}; the file itself stays until it is replaced. */
    void keepAside(Instant now) throws IOException {
        AtomicFile.write(
                file.resolveSibling(file.getFileName() + ".corrupt-" + STAMP.format(now)), Files.readAllBytes(file));
    }

    /** Removes temporary files that a killed process left. */
    void removeLeftovers() throws IOException {
        AtomicFile.removeLeftovers(file);
        AtomicFile.removeLeftovers(backup);
    }

    String path() {
        return file.toString();
    }

    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final int column;

        private Unreadable(int line, int column, String message) {
            super(message, null, false, false);
            this.line = line;
            this.column = column;
        }
    }
}
