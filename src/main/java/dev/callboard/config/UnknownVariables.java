package dev.callboard.config;

import dev.callboard.problem.NearName;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds environment variables that look like settings and are none. They are no error, as unknown settings of the file are:
 * Kubernetes sets {@code CALLBOARD_SERVICE_HOST} and the like by itself, and others may belong to whoever starts the server.
 */
public final class UnknownVariables {
    private static final Logger LOG = LoggerFactory.getLogger(UnknownVariables.class);
    private static final String PREFIX = "CALLBOARD_";

    /** What the server gives to programs and workers, and Kubernetes to a pod beside a service called callboard. */
    private static final Pattern OTHERS = Pattern.compile("CALLBOARD_(?:SETTING_.*|TASK_ID|EXECUTION_ID|ATTEMPT"
            + "|IDEMPOTENCY_KEY|PROCESS_MARK|OPTS|JAVA_OPTS|HOME|SERVICE_.*|PORT_\\d+_.*)");

    private UnknownVariables() {}

    /** Warns of those in the process's environment, one line each. */
    public static void warn(ServerConfig config) {
        warnings(System.getenv().keySet(), config).forEach(LOG::warn);
    }

    /** A sentence for each variable that changes nothing, in order. */
    static List<String> warnings(Set<String> variables, ServerConfig config) {
        List<String> known =
                Arrays.stream(ConfigKey.values()).map(ConfigKey::variable).toList();
        return variables.stream()
                .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                .filter(name -> !OTHERS.matcher(name).matches() && !isNamed(name, config))
                .sorted()
                .map(name -> "The environment variable " + name + " is not a setting and changes nothing; "
                        + meant(name, known))
                .toList();
    }

    /** The configuration names variables that hold secrets. */
    private static boolean isNamed(String variable, ServerConfig config) {
        ModelsConfig models = config.models();
        List<ModelProvider> providers = models == null ? List.of() : models.providers();
        return variable.equals(SecretsConfig.KEY_VARIABLE)
                || variable.equals(config.workers().tokenVariable())
                || variable.equals(config.network().proxyPasswordVariable())
                || providers.stream().anyMatch(provider -> variable.equals(provider.apiKeyVariable()))
                || has(config.pluginRules().settings(), variable);
    }

    private static boolean has(Object value, String text) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(each -> has(each, text));
        }
        return value instanceof Collection<?> list
                ? list.stream().anyMatch(each -> has(each, text))
                : text.equals(value);
    }

    private static String meant(String name, List<String> known) {
        List<String> shortNames =
                known.stream().map(each -> each.substring(PREFIX.length())).toList();
        Optional<String> near = NearName.of(name.substring(PREFIX.length()), shortNames);
        return near.map(each -> "did you mean " + PREFIX + each + "?")
                .orElseGet(() -> "known are " + known.stream().collect(Collectors.joining(", ")) + ".");
    }
}
