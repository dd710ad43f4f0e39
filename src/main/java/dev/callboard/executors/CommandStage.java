package dev.callboard.executors;

import dev.callboard.config.CommandConfig;
import dev.callboard.json.Json;
import dev.callboard.palette.PromptTemplate;
import dev.callboard.palette.StageExecutor.Request;
import dev.callboard.process.ChildProcesses;
import dev.callboard.process.ProcessGroup;
import dev.callboard.process.Programs;
import dev.callboard.process.WorkFolder;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program. The prompt is its standard input, what it writes to standard output is the stage's output: JSON that
 * passes the output schema if there is one, else text. The blobs of its input are files for it ({@link InputFiles}), and files
 * that it leaves are blobs of its output ({@link OutputFiles}), in {@code inputs} and {@code outputs} of its own folder.
 */
final class CommandStage implements Stage {
    private final CommandConfig config;
    private final Path parent;
    private final Map<String, String> environment;
    private final Programs programs;
    private final ChildProcesses processes;
    private final Request request;

    /**
     * @param parent where fresh working folders are made
     * @param environment all that the program sees, but for {@code HOME}, which is its working folder unless it is named, and
     *     what says for which execution it runs
     */
    CommandStage(
            CommandConfig config,
            Path parent,
            Map<String, String> environment,
            Programs programs,
            ChildProcesses processes,
            Request request) {
        this.config = config;
        this.parent = parent;
        this.environment = environment;
        this.programs = programs;
        this.processes = processes;
        this.request = request;
    }

    @Override
    @SuppressWarnings("NullAway") // The SPI takes null for an output that is null.
    public Object execute(StageContext context, Object input) throws StageFailure, InterruptedException, IOException {
        CommandRequest command = CommandRequest.of(request.definition().executorConfig());
        OutputSchema schema = request.outputSchema() == null ? null : OutputSchema.of(request.outputSchema());
        List<String> words = CommandWords.filledIn(command.command(), request.values());
        String prompt = prompt(input, schema);
        try (WorkFolder fresh = WorkFolder.fresh(parent, "command-")) {
            Path folder = command.workdir().isPresent()
                    ? WorkFolder.existing(command.workdir().get(), config.workdirRoots())
                            .path()
                    : fresh.path();
            Path inputs = fresh.path().resolve("inputs");
            Path outputs = fresh.path().resolve("outputs");
            InputFiles.write(
                    context.blobs(),
                    inputs,
                    request.taskInputs().isEmpty() ? Collections.singletonList(input) : request.taskInputs());
            Files.createDirectory(outputs);
            Map<String, String> variables = variables(context);
            variables.put("CALLBOARD_INPUTS", inputs.toString());
            variables.put("CALLBOARD_OUTPUTS", outputs.toString());
            String output = new CommandRun(config, start(words, folder, variables)).run(prompt, context);
            return OutputFiles.with(read(output, schema), OutputFiles.store(outputs, context), context);
        }
    }

    private static @Nullable Object read(String output, @Nullable OutputSchema schema) throws StageFailure {
        if (schema == null) {
            return output;
        }
        OutputSchema.Reading reading = schema.read(output);
        if (!reading.violations().isEmpty()) {
            throw StageFailure.permanent(
                    "invalid_output",
                    "The program's output does not fit the output schema: " + PromptStage.listed(reading.violations()));
        }
        return reading.value();
    }

    /** The stage template's prompt, filled in; without one the stage's input as JSON. */
    private String prompt(@Nullable Object input, @Nullable OutputSchema schema) {
        String template = request.promptTemplate();
        if (template == null) {
            return Json.write(input) + "\n";
        }
        return PromptTemplate.render(template, request.values()) + (schema == null ? "" : schema.instructions());
    }

    /** Java gives a program its arguments in the locale's charset, and a "?" for each letter that is not in it. */
    private static void requireWritable(List<String> words) throws StageFailure {
        Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        for (String word : words) {
            if (!charset.newEncoder().canEncode(word)) {
                throw StageFailure.permanent(
                        "command_not_writable",
                        "The argument '" + word
                                + "' cannot be given to a program: the server runs without a UTF-8 locale."
                                + " Start it with LANG=C.UTF-8.");
            }
        }
    }

    /** What the program sees beside the server's own variables: for what it runs, and its settings. */
    private Map<String, String> variables(StageContext context) throws StageFailure {
        Map<String, String> variables =
                new LinkedHashMap<>(CommandWords.variables(request.definition(), request.values(), context.settings()));
        variables.put(ChildProcesses.EXECUTION_ID, context.idempotencyKey());
        variables.put("CALLBOARD_TASK_ID", context.taskId());
        variables.put("CALLBOARD_ATTEMPT", Integer.toString(context.attempt()));
        variables.put("CALLBOARD_IDEMPOTENCY_KEY", context.idempotencyKey());
        return variables;
    }

    private ProcessGroup start(List<String> words, Path folder, Map<String, String> variables) throws StageFailure {
        Path program = new AllowedPrograms(programs, config.programs()).require(words.get(0), folder);
        requireWritable(words);
        List<String> command = new ArrayList<>(words);
        command.set(0, program.toString());
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(environment);
        builder.environment().putAll(variables);
        try {
            return processes.start(builder, programs, "execution " + variables.get(ChildProcesses.EXECUTION_ID));
        } catch (IOException e) {
            throw StageFailure.retryable(
                    "command_not_started",
                    "The program '" + words.get(0) + "' cannot be started: " + e.getMessage() + ".",
                    e);
        }
    }
}
