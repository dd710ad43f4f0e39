package dev.callboard.palette;

import dev.callboard.problem.Fields;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The executors of a server, one of each type. */
public final class StageExecutors {
    private final Map<ExecutorType, StageExecutor> byType;

    /**
     * Takes them.
     *
     * @throws IllegalArgumentException when there are two of a type; types that nobody speaks for are not run here
     */
    public StageExecutors(Collection<? extends StageExecutor> executors) {
        Map<ExecutorType, StageExecutor> map = new EnumMap<>(ExecutorType.class);
        for (StageExecutor executor : executors) {
            if (map.put(executor.type(), executor) != null) {
                throw new IllegalArgumentException(
                        "two executors '" + executor.type().word() + "'");
            }
        }
        for (ExecutorType type : ExecutorType.values()) {
            map.putIfAbsent(type, new UnknownExecutor(type));
        }
        byType = Collections.unmodifiableMap(map);
    }

    /** The one of a type. */
    public StageExecutor of(ExecutorType type) {
        return Objects.requireNonNull(byType.get(type));
    }

    /** All, in the order of {@link ExecutorType}. */
    public List<StageExecutor> all() {
        return List.copyOf(byType.values());
    }

    /** Why this server does not run a stage, as far as its executor knows; nothing when it does. May block. */
    public Optional<String> unavailable(StageDefinition definition) {
        return definition.type() != EntryType.STAGE
                ? Optional.empty()
                : of(definition.executor()).unavailable(definition);
    }

    /** Whether a stage runs only where its stage template has a prompt. */
    public boolean needsPrompt(StageDefinition definition) {
        return definition.type() == EntryType.STAGE && of(definition.executor()).needsPrompt(definition);
    }

    /** Everything that is wrong with what a new definition says to its executor, with pointers into the definition. */
    public List<Violation> check(StageDefinition definition) {
        StageExecutor executor = of(definition.executor());
        List<Violation> violations = new ArrayList<>(shape(executor, definition));
        if (violations.isEmpty()) {
            violations.addAll(executor.check(definition));
        }
        if (!executor.getsSecrets()) {
            violations.addAll(secrets(executor, definition));
        }
        return violations;
    }

    private static List<Violation> secrets(StageExecutor executor, StageDefinition definition) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < definition.settingsSchema().size(); i++) {
            if (definition.settingsSchema().get(i).type() == Setting.Type.SECRET) {
                violations.add(new Violation(
                        "/settings_schema/" + i + "/type",
                        "must not be secret: stages of the executor '"
                                + executor.type().word() + "' never get its value"));
            }
        }
        return violations;
    }

    private static List<Violation> shape(StageExecutor executor, StageDefinition definition) {
        List<Setting> schema = executor.configSchema();
        List<Violation> violations = new ArrayList<>();
        if (schema.isEmpty()) {
            return violations;
        }
        Fields fields = new Fields(definition.executorConfig(), "/executor_config", violations);
        definition.executorConfig().forEach((key, value) -> {
            Optional<Setting> setting =
                    schema.stream().filter(each -> each.key().equals(key)).findFirst();
            if (setting.isEmpty()) {
                fields.wrong(
                        key,
                        "is not read by the executor '" + executor.type().word() + "'; it reads "
                                + schema.stream().map(Setting::key).collect(Collectors.joining(", ")));
            } else if (value != null) {
                SettingsRules.fault(setting.get(), value).ifPresent(detail -> fields.wrong(key, detail));
            }
        });
        schema.stream()
                .filter(setting ->
                        setting.required() && definition.executorConfig().get(setting.key()) == null)
                .forEach(setting -> fields.wrong(setting.key(), "is missing: " + setting.label()));
        return violations;
    }
}
