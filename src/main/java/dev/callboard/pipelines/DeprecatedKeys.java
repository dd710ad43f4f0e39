package dev.callboard.pipelines;

import dev.callboard.problem.Fields;
import dev.callboard.problem.Violation;
import dev.callboard.problem.WholeNumbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys of pipeline files that have another name now. They are read as what they became, each with a warning that names it;
 * version {@value #DROPPED} will not read them. An old key beside its new one is an error: it is not clear which is meant.
 */
final class DeprecatedKeys {
    /** The version that drops them. */
    static final String DROPPED = "1.0";

    /** One less than the most that {@code max_attempts} may be. */
    private static final int MAX_RETRIES = PolicyReader.MAX_ATTEMPTS - 1;

    private static final Map<String, String> PIPELINE = Map.of("sources", "applicable_sources");
    private static final Map<String, String> STAGE =
            Map.of("stage_type", "type", "dependencies", "depends_on", "settings", "config");

    private final List<Violation> warnings = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    private DeprecatedKeys() {}

    /**
     * A pipeline in today's words.
     *
     * @param values JSON-shaped
     * @param warnings each old key, with what it is called now
     * @param violations old keys beside new ones
     */
    record Renamed(Map<String, @Nullable Object> values, List<Violation> warnings, List<Violation> violations) {}

    static Renamed rename(Map<?, ?> pipeline) {
        DeprecatedKeys keys = new DeprecatedKeys();
        Map<String, @Nullable Object> values =
                keys.renamed(pipeline, isWords(pipeline.get("sources")) ? PIPELINE : Map.of(), "");
        if (values.get("policies") instanceof Map<?, ?> policies) {
            Map<String, @Nullable Object> renamed = new LinkedHashMap<>();
            policies.forEach((name, policy) -> renamed.put(
                    String.valueOf(name), keys.policy(policy, "/policies/" + Fields.escape(String.valueOf(name)))));
            values.put("policies", renamed);
        }
        if (values.get("stages") instanceof List<?> stages) {
            List<@Nullable Object> renamed = new ArrayList<>();
            Set<String> gates = gates(values.get("gates"));
            for (Object stage : stages) {
                String pointer = "/stages/" + renamed.size();
                renamed.add(stage instanceof Map<?, ?> map ? keys.stage(map, pointer, gates) : stage);
            }
            values.put("stages", renamed);
        }
        keys.callables(values.get("plugins"));
        return new Renamed(values, keys.warnings, keys.violations);
    }

    /** {@code sources} were words once, of what the pipeline is for; today they are objects that say what starts it. */
    private static boolean isWords(@Nullable Object sources) {
        return sources instanceof String
                || sources instanceof List<?> list && list.stream().anyMatch(String.class::isInstance);
    }

    private Map<String, @Nullable Object> renamed(Map<?, ?> map, Map<String, String> names, String pointer) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String old = String.valueOf(key);
            String now = names.get(old);
            if (now == null) {
                result.put(old, value);
                return;
            }
            String at = pointer + "/" + old;
            warn(at, old, now);
            if (map.get(now) != null) {
                violations.add(new Violation(at, "stands beside " + now + ", which it became; keep one of the two"));
            } else {
                result.put(now, value);
            }
        });
        return result;
    }

    private void warn(String pointer, String old, String now) {
        warnings.add(new Violation(
                pointer,
                "'" + old + "' is deprecated: write '" + now + "' in its place; version " + DROPPED
                        + " will not read it"));
    }

    private static Set<String> gates(@Nullable Object gates) {
        List<String> names = new ArrayList<>();
        if (gates instanceof List<?> list) {
            list.forEach(gate -> names.add(gate instanceof Map<?, ?> map ? String.valueOf(map.get("name")) : ""));
        }
        return Set.copyOf(names);
    }

    /** A gate was named in the config once. */
    private Map<String, @Nullable Object> stage(Map<?, ?> stage, String pointer, Set<String> gates) {
        Map<String, @Nullable Object> result = renamed(stage, STAGE, pointer);
        if (result.get("gate") == null
                && result.get("config") instanceof Map<?, ?> config
                && config.get("gate") instanceof String gate
                && gates.contains(gate)) {
            warn(pointer + (stage.get("config") == null ? "/settings" : "/config") + "/gate", "config.gate", "gate");
            Map<String, @Nullable Object> rest = PipelineReader.plain(config);
            rest.remove("gate");
            result.put("config", rest);
            result.put("gate", gate);
        }
        return result;
    }

    private @Nullable Object policy(@Nullable Object value, String pointer) {
        if (!(value instanceof Map<?, ?> policy)) {
            return value;
        }
        Map<String, @Nullable Object> result = PipelineReader.plain(policy);
        if (result.get("retry") instanceof Map<?, ?> retry) {
            result.remove("retry");
            warn(pointer + "/retry", "retry", "max_attempts, backoff, …, without retry around them");
            retry.forEach((key, member) -> put(result, String.valueOf(key), member, pointer + "/retry/" + key));
        }
        if (result.get("retries") instanceof Number retries) {
            result.remove("retries");
            Integer more = WholeNumbers.of(retries, 0, MAX_RETRIES);
            if (more == null) {
                violations.add(new Violation(pointer + "/retries", WholeNumbers.must(0, MAX_RETRIES)));
            } else {
                warn(pointer + "/retries", "retries", "max_attempts: " + (more + 1));
                put(result, "max_attempts", more + 1, pointer + "/retries");
            }
        }
        return result;
    }

    private void put(Map<String, @Nullable Object> result, String key, @Nullable Object value, String pointer) {
        if (result.get(key) == null) {
            result.put(key, value);
        } else {
            violations.add(new Violation(pointer, "stands beside " + key + ", which it became; keep one of the two"));
        }
    }

    private void callables(@Nullable Object plugins) {
        if (plugins instanceof Map<?, ?> map && map.get("stages") instanceof List<?> stages) {
            for (int i = 0; i < stages.size(); i++) {
                if (stages.get(i) instanceof Map<?, ?> need && need.get("callable") != null) {
                    warn("/plugins/stages/" + i + "/callable", "callable", "plugin: the plugin's name");
                }
            }
        }
    }
}
