package dev.callboard.palette;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The names that a template may use. */
public final class TemplateNames {
    static final String INPUT = "input";
    static final String INPUT_PATH = "input.";
    static final String SETTINGS = "settings.";

    /** The names that have values in every template, when there is something to say under them. */
    public static final List<String> ALWAYS = List.of(
            "task_description",
            "user_input",
            "previous_output",
            "prior_attempt_output",
            "available_stages",
            "stage_summaries",
            "task.id",
            "task.title",
            INPUT);

    private TemplateNames() {}

    /** Whether a name has a value, for a stage with these settings. */
    public static boolean isName(String name, List<Setting> settings) {
        return fault(name, settings).isEmpty();
    }

    /**
     * Why a template may not use a name; nothing when it may. It ends the sentence "names {{name}}, …".
     *
     * @param settings the settings of the stage that it belongs to
     */
    public static Optional<String> fault(String name, List<Setting> settings) {
        if (ALWAYS.contains(name) || name.startsWith(INPUT_PATH)) {
            return Optional.empty();
        }
        if (name.startsWith(SETTINGS)) {
            String key = name.substring(SETTINGS.length());
            Optional<Setting> setting =
                    settings.stream().filter(each -> each.key().equals(key)).findFirst();
            if (setting.isPresent()) {
                return setting.get().type() == Setting.Type.SECRET
                        ? Optional.of("a secret, which must not be in a text that others read")
                        : Optional.empty();
            }
        }
        List<String> known = new ArrayList<>(ALWAYS);
        known.add(INPUT_PATH + "MEMBER");
        settings.stream()
                .filter(setting -> setting.type() != Setting.Type.SECRET)
                .forEach(setting -> known.add(SETTINGS + setting.key()));
        return Optional.of("which never has a value; known are " + String.join(", ", known));
    }
}
