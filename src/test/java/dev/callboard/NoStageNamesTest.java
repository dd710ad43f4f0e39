package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The core treats all stages alike: no code but that of the stages themselves names one of them. */
class NoStageNamesTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/callboard");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

    /** What reads like a stage and is none: {@code file: literal} to what it means there. */
    private static final Map<String, String> OTHER_MEANINGS = Map.ofEntries(
            Map.entry("pipelines/StagePrompt.java: research", "a word of output_format"),
            Map.entry("pipelines/StageTemplateReader.java: gate", "the field gate of a stage in a pipeline"),
            Map.entry("pipelines/SourceReader.java: files", "a type of a pipeline's source"),
            Map.entry("pipelines/SourceReader.java: text", "a type of a pipeline's source"),
            Map.entry("pipelines/SinkReader.java: result", "a type of a pipeline's sink"),
            Map.entry("pipelines/SinkReader.java: file", "a type of a pipeline's sink"),
            Map.entry("pipelines/SinkConfig.java: result", "a type of a pipeline's sink"),
            Map.entry("pipelines/SinkConfig.java: file", "a type of a pipeline's sink"),
            Map.entry("pipelines/SinkReader.java: webhook", "a type of a pipeline's sink"),
            Map.entry("pipelines/SinkConfig.java: webhook", "a type of a pipeline's sink"),
            Map.entry("pipelines/SourceReader.java: webhook", "a type of a pipeline's source"),
            Map.entry("pipelines/SourceConfig.java: webhook", "a type of a pipeline's source"),
            Map.entry("problem/FileNames.java: file", "a name where nothing is left of one"),
            Map.entry("pipelines/DeprecatedKeys.java: gate", "the field gate of a stage in a pipeline"),
            Map.entry("projects/ProjectRepository.java: gate", "a column: the kind of approval"),
            Map.entry("config/ConfigKey.java: text", "a word of log.format"),
            Map.entry("config/ConfigLoader.java: text", "a word of log.format"),
            Map.entry("pipelines/SourceFit.java: files", "a word of applicable_sources"),
            Map.entry("pipelines/SourceFit.java: text", "a word of applicable_sources"),
            Map.entry("tasks/NewTask.java: text", "a field of a task's input"),
            Map.entry("tasks/TaskInputs.java: text", "how a task's input was given"),
            Map.entry("triggers/HookInput.java: text", "a field of a task's input"),
            Map.entry("tasks/GivenInputs.java: text", "a field of a task's input"),
            Map.entry("cli/RunRequest.java: text", "a field of a task's input"),
            Map.entry("pipelines/PipelineVersionRepository.java: text", "a column: the YAML"),
            Map.entry("engine/LogLineRepository.java: text", "a column: a log line"),
            Map.entry("dispatch/ExecutorInputs.java: text", "a field of a task's input"),
            Map.entry("executors/HttpBody.java: text", "a kind of a request's body"),
            Map.entry("executors/HttpBodyRules.java: text", "a kind of a request's body"),
            Map.entry("executors/InputFiles.java: file", "a field of manifest.json"),
            Map.entry("engine/DecidedOutputs.java: files", "a member of an output"),
            Map.entry("executors/OutputFiles.java: files", "a member of an output"),
            Map.entry("expressions/TextFunctions.java: index", "a member of a match"),
            Map.entry("bus/Caller.java: file", "a caller: who edited a file by hand"),
            Map.entry("feed/ListTopics.java: file", "a field of a plugin"),
            Map.entry("pipelines/PipelineStore.java: file", "a caller: who edited a file by hand"),
            Map.entry("library/PassageSearch.java: text", "a way to search"),
            Map.entry("plugins/PluginOrder.java: files", "a field of plugin-order.json"));

    @Test
    void noCodeNamesAStage() throws IOException {
        assertThat(named()).isSubsetOf(OTHER_MEANINGS.keySet());
    }

    @Test
    void noExceptionIsLeftOver() throws IOException {
        assertThat(named()).containsAll(OTHER_MEANINGS.keySet());
    }

    private static Set<String> named() throws IOException {
        Set<String> ids = builtin();
        assertThat(ids).contains("download", "research");
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !SOURCES.relativize(file).startsWith("stages"))
                    .flatMap(file -> literals(file)
                            .filter(ids::contains)
                            .map(id -> SOURCES.relativize(file).toString().replace('\\', '/') + ": " + id))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Stream<String> literals(Path file) {
        try {
            return LITERAL.matcher(Files.readString(file)).results().map((MatchResult found) -> found.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> builtin() throws IOException {
        Map<?, ?> description = (Map<?, ?>)
                Json.parse(Files.readAllBytes(Path.of("src/main/resources/META-INF/callboard/builtin-stages.json")));
        Set<String> ids = new HashSet<>();
        for (Object stage : (List<?>) description.get("stages")) {
            ids.add((String) ((Map<?, ?>) stage).get("id"));
        }
        return ids;
    }
}
