package dev.callboard.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The values of settings as texts, each with where it was found, and what they mean; it collects what is wrong with them. */
final class ConfigValues {
    private final Map<ConfigKey, Value> values = new EnumMap<>(ConfigKey.class);
    private final List<String> errors;
    private final UnaryOperator<String> place;
    private final Map<String, String> environment;
    private Map<String, ConfigValues> modelProviders = Map.of();

    ConfigValues(Map<ConfigKey, String> defaults, Map<String, String> environment) {
        this(new ArrayList<>(), UnaryOperator.identity(), defaults, environment);
    }

    private ConfigValues(
            List<String> errors,
            UnaryOperator<String> place,
            Map<ConfigKey, String> defaults,
            Map<String, String> environment) {
        this.errors = errors;
        this.place = place;
        this.environment = environment;
        for (ConfigKey key : ConfigKey.values()) {
            values.put(key, new Value(defaults.getOrDefault(key, key.defaultValue()), "the default"));
        }
    }

    /** A value and where it was found, for the error that may be said of it. */
    private record Value(String text, String from) {}

    /** What is wrong so far. */
    List<String> errors() {
        return errors;
    }

    /** Takes what the file says. */
    void fromFile(ConfigFile read, Path file) {
        read.values().forEach((key, text) -> values.put(key, new Value(text, file.toString())));
        modelProviders = below(ModelsConfig.PROVIDERS, "models", read.modelProviders(), file);
    }

    /** For each name the values that stand there in the file; they say errors where these do, with their own place. */
    private Map<String, ConfigValues> below(
            String path, String like, Map<String, Map<ConfigKey, String>> named, Path file) {
        Map<String, ConfigValues> found = new LinkedHashMap<>();
        named.forEach((name, texts) -> {
            ConfigValues own = new ConfigValues(
                    errors, key -> path + "." + name + key.substring(like.length()), Map.of(), Map.of());
            texts.forEach((key, text) -> own.values.put(key, new Value(text, file.toString())));
            found.put(name, own);
        });
        return found;
    }

    /** By name and in the order of the file: each has as its keys of {@code models} what this provider has. */
    Map<String, ConfigValues> modelProviders() {
        return modelProviders;
    }

    /** Takes what options and the environment say; options come first. */
    void fromOptionsAndEnvironment(Map<String, String> options) {
        for (ConfigKey key : ConfigKey.values()) {
            String variable = environment.get(key.variable());
            if (variable != null) {
                values.put(key, new Value(variable, "the environment variable " + key.variable()));
            }
            String option = options.get(key.path());
            if (option != null) {
                values.put(key, new Value(option, "the option --" + key.path()));
            }
        }
    }

    /** 0 is what the heap allows. */
    long outputCharacters() {
        long number = number(ConfigKey.LIMITS_OUTPUT_CHARACTERS, 0, ServerConfig.Limits.MAX_OUTPUT);
        return number == 0
                ? ServerConfig.Limits.outputCharacters(Runtime.getRuntime().maxMemory())
                : number;
    }

    String text(ConfigKey key) {
        Value value = values.get(key);
        return value == null ? key.defaultValue() : value.text().strip();
    }

    /** What stands between the commas, without blanks around it. */
    List<String> list(ConfigKey key) {
        return Arrays.stream(text(key).split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .distinct()
                .toList();
    }

    Path path(ConfigKey key) {
        try {
            if (!text(key).isEmpty()) {
                return Path.of(text(key));
            }
            wrong(key, "must be a path");
        } catch (InvalidPathException e) {
            wrong(key, "must be a path: " + e.getReason());
        }
        return Path.of(key.defaultValue());
    }

    /** As {@link #path}, of a folder that exists or can be made: neither it nor anything that it would be in is a file. */
    Path folder(ConfigKey key) {
        Path folder = path(key);
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.isDirectory(at)) {
                break;
            }
            if (Files.exists(at)) {
                wrong(key, "must be a folder, and " + at + " is a file");
                break;
            }
        }
        return folder;
    }

    long number(ConfigKey key, long least, long most) {
        try {
            long number = Long.parseLong(text(key).replace("_", ""));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with the range.
        }
        wrong(key, "must be a whole number from " + least + " to " + most);
        return least;
    }

    /** In small letters. */
    String oneOf(ConfigKey key, String... words) {
        String text = text(key).toLowerCase(Locale.ROOT);
        if (Arrays.asList(words).contains(text)) {
            return text;
        }
        wrong(key, "must be one of " + String.join(", ", words));
        return key.defaultValue();
    }

    boolean flag(ConfigKey key) {
        String text = text(key);
        if (!text.equals("true") && !text.equals("false")) {
            wrong(key, "must be true or false");
        }
        return text.equals("true");
    }

    /** What a variable of the environment holds that a setting names; empty when it is not set. */
    String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /** As {@link #wrong}, for a value that may be a secret. */
    void hidden(ConfigKey key, String detail) {
        errors.add(place.apply(key.path()) + " " + detail + ".");
    }

    void wrong(ConfigKey key, String detail) {
        @Nullable Value value = values.get(key);
        errors.add(place.apply(key.path()) + " " + detail
                + (value == null ? "" : "; it is '" + value.text() + "', from " + value.from()) + ".");
    }
}
