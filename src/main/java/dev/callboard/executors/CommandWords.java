package dev.callboard.executors;

import dev.callboard.palette.Setting;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.TemplateNames;
import dev.callboard.palette.TemplateValues;
import dev.callboard.problem.Violation;
import dev.callboard.spi.StageFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How values get into what a program is started with: an argument that is a name in double braces and nothing else becomes its
 * value, and each setting is a variable. A value is never taken apart, and never read as an option.
 */
final class CommandWords {
    /** What a setting's variable begins with. */
    static final String SETTING = "CALLBOARD_SETTING_";

    /** After this argument a program reads no options. */
    private static final String END_OF_OPTIONS = "--";

    /** Linux gives a program no longer argument or variable than 128 KiB, its name and end included. */
    private static final int MAX_BYTES = 128 * 1024 - 256;

    private static final Pattern WHOLE = Pattern.compile("\\{\\{[ \\t]*+([A-Za-z_][A-Za-z0-9_.-]*+)[ \\t]*+}}");

    private CommandWords() {}

    /** What is wrong with the names in the arguments of a new definition, and with the variables of its settings. */
    static List<Violation> faults(StageDefinition definition, List<?> words) {
        List<Violation> faults = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String pointer = "/executor_config/" + CommandRequest.COMMAND + "/" + i;
            Matcher whole = WHOLE.matcher(String.valueOf(words.get(i)));
            if (whole.matches()) {
                if (i == 0) {
                    faults.add(new Violation(pointer, "must be a program, not a value"));
                }
                TemplateNames.fault(whole.group(1), definition.settingsSchema())
                        .ifPresent(
                                fault -> faults.add(new Violation(pointer, "names " + whole.group() + ", " + fault)));
            } else if (whole.reset().find() && TemplateNames.isName(whole.group(1), definition.settingsSchema())) {
                faults.add(new Violation(
                        pointer,
                        "has " + whole.group() + " within other text; a value must be an argument of its own"));
            }
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < definition.settingsSchema().size(); i++) {
            String key = definition.settingsSchema().get(i).key();
            String other = variables.putIfAbsent(variable(key), key);
            if (other != null) {
                faults.add(new Violation(
                        "/settings_schema/" + i + "/key",
                        "becomes the variable " + variable(key) + ", and so does '" + other + "'"));
            }
        }
        return faults;
    }

    /** The arguments with their values. */
    static List<String> filledIn(List<String> words, TemplateValues values) throws StageFailure {
        List<String> filled = new ArrayList<>();
        for (String word : words) {
            Matcher whole = WHOLE.matcher(word);
            if (!whole.matches()) {
                filled.add(word);
                continue;
            }
            String value = checked("argument", "The value of " + word, values.text(whole.group(1)));
            if (value.startsWith("-") && !filled.contains(END_OF_OPTIONS)) {
                throw StageFailure.permanent(
                        "argument_is_option",
                        "The value of " + word + " begins with '-', so the program would take it for an option; put '"
                                + END_OF_OPTIONS
                                + "' before it in the arguments of the stage, if the program knows that.");
            }
            filled.add(value);
        }
        return filled;
    }

    /**
     * The settings as variables.
     *
     * @param settings with the values of secrets, which no template gets
     */
    static Map<String, String> variables(
            StageDefinition definition, TemplateValues values, Map<String, Object> settings) throws StageFailure {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Setting setting : definition.settingsSchema()) {
            String name = "settings." + setting.key();
            String value = setting.type() == Setting.Type.SECRET && settings.get(setting.key()) instanceof String secret
                    ? secret
                    : values.text(name);
            if (!value.isEmpty()) {
                variables.put(
                        variable(setting.key()), checked("variable", "The setting '" + setting.key() + "'", value));
            }
        }
        return variables;
    }

    private static String variable(String key) {
        return SETTING + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
    }

    /** @param kind what the program would get it as, {@code argument} or {@code variable} */
    private static String checked(String kind, String what, String value) throws StageFailure {
        Optional<String> fault = value.indexOf('\0') >= 0
                ? Optional.of("has a NUL character, which no program can be given")
                : value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES
                        ? Optional.of("is longer than " + MAX_BYTES + " bytes, the most of one " + kind
                                + "; give it to the program in its input")
                        : Optional.empty();
        if (fault.isPresent()) {
            throw StageFailure.permanent(kind + "_not_possible", what + " " + fault.get() + ".");
        }
        return value;
    }
}
