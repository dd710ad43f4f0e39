package dev.callboard.cli;

import dev.callboard.json.JsonSyntaxException;
import dev.callboard.json.Utf8;
import dev.callboard.pipelines.SourceConfig.Given;
import dev.callboard.problem.Names;
import dev.callboard.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What the options of {@code run} ask for, as a request for a task. */
final class RunRequest {
    private static final String STANDARD_INPUT = "-";

    /** What standard input is called. */
    private static final String NO_NAME = "stdin";

    /** The most bytes of an input that is given as a text, in a request of its own. */
    private static final int MAX_TEXT = 1_000_000;

    private RunRequest() {}

    /** What a request is made for. */
    interface Target {
        /** The names of a pipeline's stages. */
        List<String> stageNames(String pipeline) throws ExecutionException, InterruptedException, IOException;

        /** What a pipeline takes of whoever starts it. */
        Set<Given> takes(String pipeline) throws ExecutionException, InterruptedException, IOException;

        /**
         * The settings that a stage of a pipeline declares.
         *
         * <p>Default: nothing is known of them, and any may be set.
         *
         * @return empty when it may read others too
         */
        default Optional<List<String>> settings(String pipeline, String stage)
                throws ExecutionException, InterruptedException, IOException {
            return Optional.empty();
        }

        /** Stores an input; answers its SHA-256. */
        String store(InputStream bytes, String name) throws InterruptedException, IOException;
    }

    /** Fails with {@code unreadable_input} before anything is started. */
    static void checkInputs(List<String> inputs) {
        for (String input : inputs) {
            if (AddressInput.isAddress(input)) {
                AddressInput.parse(input);
                continue;
            }
            if (input.isBlank()) {
                throw ProblemException.invalid(
                        "unreadable_input", "--input is empty; name a file, an address, or - for standard input.");
            }
            if (input.matches("(?i)[a-z][a-z0-9+.-]+://.*")) {
                throw unreadable(input, "only http and https addresses are fetched");
            }
            if (!input.equals(STANDARD_INPUT)) {
                NamedFile.fault(path(input)).ifPresent(fault -> {
                    throw unreadable(input, fault);
                });
            }
        }
        if (inputs.stream().filter(STANDARD_INPUT::equals).count() > 1) {
            throw unreadable(STANDARD_INPUT, "standard input can be read once only");
        }
    }

    private static Path path(String input) {
        try {
            return Path.of(input);
        } catch (InvalidPathException e) {
            throw unreadable(
                    input,
                    TextStreams.reachesAllFiles()
                            ? "it is not a path: " + e.getReason()
                            : "its name has letters that Java cannot find a file by without a UTF-8 locale; run the"
                                    + " command with LC_ALL=C.UTF-8");
        }
    }

    static ProblemException unreadable(String input, String reason) {
        return ProblemException.invalid("unreadable_input", "The input " + input + " cannot be read: " + reason + ".");
    }

    /** Stores the inputs and puts the request together. */
    static Map<String, Object> of(
            Target target, String pipeline, List<String> inputs, List<String> stages, List<String> settings)
            throws Exception {
        List<String> names = target.stageNames(pipeline);
        Map<String, Map<String, @Nullable Object>> set = RunSettings.of(names, settings);
        RunSettings.requireDeclared(target, pipeline, set);
        List<Map<String, Object>> stored = new ArrayList<>();
        Set<Given> takes = inputs.isEmpty() ? Set.of() : target.takes(pipeline);
        for (String input : inputs) {
            stored.add(store(target, takes, input));
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("title", title(pipeline, stored));
        request.put("pipeline", pipeline);
        request.put("input", stored);
        request.put("auto_start", true);
        if (!stages.isEmpty()) {
            request.put("stages", stages);
        }
        if (!set.isEmpty()) {
            request.put("settings", set);
        }
        return request;
    }

    /** What the inputs are called; where they have no names, what is done. */
    private static String title(String pipeline, List<Map<String, Object>> stored) {
        String name = stored.stream()
                .map(item -> Names.fileName(String.valueOf(item.get("name"))))
                .findFirst()
                .orElse("");
        if (Names.isBlank(name) || name.equals(NO_NAME)) {
            return "run " + pipeline;
        }
        return stored.size() == 1 ? name : name + " and " + (stored.size() - 1) + " more";
    }

    /** As a file, wherever the pipeline takes files; else as the text, or the address, that it takes. */
    private static Map<String, Object> store(Target target, Set<Given> takes, String input)
            throws InterruptedException, IOException {
        Map<String, Object> item = new LinkedHashMap<>();
        boolean address = AddressInput.isAddress(input);
        boolean standard = input.equals(STANDARD_INPUT);
        String name = standard
                ? NO_NAME
                : address
                        ? AddressInput.name(input)
                        : String.valueOf(path(input).getFileName());
        if (address && takes.contains(Given.URLS) && !takes.contains(Given.FILES)) {
            item.put("url", input);
        } else if (standard) {
            content(target, takes, input, System.in, name, item);
        } else {
            try (InputStream bytes = address ? AddressInput.open(input) : open(input)) {
                content(target, takes, input, bytes, name, item);
            }
        }
        item.put("name", name);
        return item;
    }

    private static void content(
            Target target, Set<Given> takes, String input, InputStream bytes, String name, Map<String, Object> item)
            throws InterruptedException, IOException {
        if (takes.contains(Given.TEXT) && !takes.contains(Given.FILES)) {
            item.put("text", text(input, bytes));
        } else {
            item.put("blob", target.store(bytes, name));
        }
    }

    private static String text(String input, InputStream bytes) throws IOException {
        byte[] read = bytes.readNBytes(MAX_TEXT + 1);
        if (read.length > MAX_TEXT) {
            throw unreadable(
                    AddressInput.shown(input),
                    "the pipeline takes texts, and a text has at most " + MAX_TEXT + " bytes");
        }
        try {
            return Utf8.decode(read);
        } catch (JsonSyntaxException e) {
            throw unreadable(
                    AddressInput.shown(input),
                    "the pipeline takes texts, and from line " + e.line() + " on it is not UTF-8");
        }
    }

    /** A pipe is read until its other end is closed, at most as long as a blob may be; nothing may come of it for long. */
    private static InputStream open(String input) throws IOException {
        Path path = path(input);
        if (!Files.isRegularFile(path)) {
            System.err.println("callboard: Reads " + input + " until it ends.");
        }
        return Files.newInputStream(path);
    }
}
