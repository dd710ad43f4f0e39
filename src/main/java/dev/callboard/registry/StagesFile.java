package dev.callboard.registry;

import dev.callboard.json.Json;
import dev.callboard.json.JsonPointers;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.model.StageDefinition;
import dev.callboard.model.StageDefinitionReader;
import dev.callboard.model.StageDefinitionWriter;
import dev.callboard.model.Violation;
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
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The file of custom stages: {@code {"stages": [...]}}, sorted by id, written whole or not at all. Beside it stands
 * {@code .bak}, the last state that was known to be good. All methods block.
 */
final class StagesFile {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    private final Path file;
    private final Path backup;

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

    /** The present signature. */
    @Nullable
    Signature signature() throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Signature(
                    String.valueOf(attributes.fileKey()),
                    attributes.size(),
                    attributes.lastModifiedTime().toInstant());
        } catch (NoSuchFileException e) {
            return null;
        }
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

    /** Writes all stages, then the backup. Either all of them are in the file afterwards, or it is as it was. */
    @Nullable
    Signature write(Collection<StageDefinition> stages) throws IOException {
        byte[] bytes = bytes(stages);
        AtomicFile.write(file, bytes);
        AtomicFile.write(backup, bytes);
        return signature();
    }

    private static byte[] bytes(Collection<StageDefinition> stages) {
        List<?> list = stages.stream().map(StageDefinitionWriter::definition).toList();
        return Json.writePretty(Map.of("stages", list)).getBytes(StandardCharsets.UTF_8);
    }

    /** Keeps what was read by hand as the last good state. */
    void writeBackup(Collection<StageDefinition> stages) throws IOException {
        AtomicFile.write(backup, bytes(stages));
    }

    /** Moves an unreadable file aside, to {@code <name>.corrupt-<time>}. */
    void moveAside(Instant now) throws IOException {
        AtomicFile.move(file, file.resolveSibling(file.getFileName() + ".corrupt-" + STAMP.format(now)));
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
