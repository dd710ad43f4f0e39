package dev.callboard.cli;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.model.Names;
import dev.callboard.model.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What the options of {@code run} ask for, as a request for a task. */
final class RunRequest {
    private static final String STANDARD_INPUT = "-";

    /** What standard input is called. */
    private static final String NO_NAME = "stdin";

    private RunRequest() {}

    /** What a request is made for. */
    interface Target {
        /** The names of a pipeline's stages. */
        List<String> stageNames(String pipeline) throws ExecutionException, InterruptedException, IOException;

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
            if (!input.equals(STANDARD_INPUT) && (Files.isDirectory(path(input)) || !Files.exists(path(input)))) {
                throw unreadable(input, Files.isDirectory(path(input)) ? "it is a folder" : "there is no such file");
            }
            if (!input.equals(STANDARD_INPUT) && !Files.isReadable(path(input))) {
                throw unreadable(input, "it may not be read");
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
        Map<String, Map<String, @Nullable Object>> set = settings(names, settings);
        List<Map<String, Object>> stored = new ArrayList<>();
        for (String input : inputs) {
            stored.add(store(target, input));
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

    private static Map<String, Object> store(Target target, String input) throws InterruptedException, IOException {
        Map<String, Object> item = new LinkedHashMap<>();
        String name;
        if (input.equals(STANDARD_INPUT)) {
            name = NO_NAME;
            item.put("blob", target.store(System.in, name));
        } else {
            boolean address = AddressInput.isAddress(input);
            name = address
                    ? AddressInput.name(input)
                    : String.valueOf(path(input).getFileName());
            try (InputStream bytes = address ? AddressInput.open(input) : open(input)) {
                item.put("blob", target.store(bytes, name));
            }
        }
        item.put("name", name);
        return item;
    }

    /** A pipe is read until its other end is closed, at most as long as a blob may be; nothing may come of it for long. */
    private static InputStream open(String input) throws IOException {
        Path path = path(input);
        if (!Files.isRegularFile(path)) {
            System.err.println("callboard: Reads " + input + " until it ends.");
        }
        return Files.newInputStream(path);
    }

    /** {@code TEMPLATE.KEY=VALUE}: of several stages whose names fit, the longest name counts. */
    static Map<String, Map<String, @Nullable Object>> settings(List<String> stages, List<String> options) {
        Map<String, Map<String, @Nullable Object>> settings = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            String left = equals < 0 ? option : option.substring(0, equals);
            String stage = stages.stream()
                    .filter(name -> left.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + "."))
                    .max(Comparator.comparingInt(String::length))
                    .orElse("");
            if (equals < 0 || stage.isEmpty() || left.length() == stage.length() + 1) {
                throw ProblemException.invalid(
                        "invalid_set",
                        "--set " + option + " must be TEMPLATE.KEY=VALUE, with one of these templates: "
                                + String.join(", ", stages) + ".");
            }
            settings.computeIfAbsent(stage, name -> new LinkedHashMap<>())
                    .put(left.substring(stage.length() + 1), value(option.substring(equals + 1)));
        }
        return settings;
    }

    /** JSON where it is JSON, else the text itself. */
    private static @Nullable Object value(String text) {
        try {
            return Json.parse(text);
        } catch (JsonSyntaxException e) {
            return text;
        }
    }
}
