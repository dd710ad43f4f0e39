package dev.callboard.engine;

import dev.callboard.pipelines.PortInput;
import dev.callboard.pipelines.StagePrompt;
import dev.callboard.taskmodel.ApprovalRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage template of the task's project.
 *
 * @param rule the approval rule as it stands in the pipeline, null for the default
 * @param inputs port to what feeds it, stages by their ids
 */
public record Template(
        String id,
        String name,
        String type,
        int sortOrder,
        boolean followsPrevious,
        List<String> dependsOn,
        Map<String, PortInput> inputs,
        Map<String, @Nullable Object> config,
        @Nullable String policy,
        ApprovalRule approval,
        @Nullable Object rule,
        boolean locked,
        StagePrompt prompt,
        Map<String, @Nullable Object> overrides,
        @Nullable Instant deletedAt) {

    /**
     * Where the stage's output goes.
     *
     * @param usual the state keys of its type
     * @return the state keys that the template says, else the usual ones
     */
    public List<String> stateKeys(List<String> usual) {
        Object override = overrides.get("state_key");
        if (override instanceof String key) {
            return List.of(key);
        }
        return override instanceof List<?> keys
                ? keys.stream().map(String::valueOf).toList()
                : usual;
    }
}
