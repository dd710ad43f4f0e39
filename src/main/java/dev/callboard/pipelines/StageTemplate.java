package dev.callboard.pipelines;

import dev.callboard.taskmodel.ApprovalRule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stage's place in a pipeline.
 *
 * @param name unique in the pipeline, 1 to 128 characters
 * @param type the stage type
 * @param sortOrder breaks ties of the order, lower first
 * @param followsPrevious whether nothing is said of what comes before it: it follows the stage with the next lower sort order
 * @param dependsOn names of the stages before it, those that feed its ports among them; empty when it follows the previous one,
 *     or none
 * @param inputs what feeds its input ports: port to {@code STAGE}, {@code STAGE.PORT} or a source, as {@link PortInput} reads
 *     it; empty when it takes what comes right before it
 * @param config its settings as the author gave them, JSON-shaped
 * @param policy the name of the policy for its failures and limits, null when there is none
 * @param approval what the author says of a person's approval, as {@link ApprovalRule#of} reads it, null when none is needed
 * @param gate the name of the gate that it is, whose conditions are in its config; null when there is none
 * @param locked whether it belongs to every selection
 * @param prompt what it asks and what it expects
 * @param metadataOverrides {@code state_key}, {@code description}, {@code dependencies} in place of the stage type's own
 */
public record StageTemplate(
        String name,
        String type,
        int sortOrder,
        boolean followsPrevious,
        List<String> dependsOn,
        Map<String, String> inputs,
        Map<String, @Nullable Object> config,
        @Nullable String policy,
        @Nullable Object approval,
        @Nullable Object gate,
        boolean locked,
        StagePrompt prompt,
        Map<String, @Nullable Object> metadataOverrides) {

    /** Copies. */
    public StageTemplate {
        dependsOn = List.copyOf(dependsOn);
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        metadataOverrides = Collections.unmodifiableMap(new LinkedHashMap<>(metadataOverrides));
    }

    /** The same with another config. */
    StageTemplate withConfig(Map<String, @Nullable Object> other) {
        return with(other, policy);
    }

    StageTemplate with(Map<String, @Nullable Object> otherConfig, @Nullable String otherPolicy) {
        return new StageTemplate(
                name,
                type,
                sortOrder,
                followsPrevious,
                dependsOn,
                inputs,
                otherConfig,
                otherPolicy,
                approval,
                gate,
                locked,
                prompt,
                metadataOverrides);
    }

    /** The same in another place of the order. */
    StageTemplate after(boolean previous, List<String> others) {
        return new StageTemplate(
                name,
                type,
                sortOrder,
                previous,
                others,
                inputs,
                config,
                policy,
                approval,
                gate,
                locked,
                prompt,
                metadataOverrides);
    }

    StageOrder.Node node() {
        return new StageOrder.Node(name, sortOrder, followsPrevious, dependsOn);
    }
}
