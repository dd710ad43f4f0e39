package dev.callboard.sinks;

import dev.callboard.pipelines.SinkConfig;
import dev.callboard.pipelines.SinkConfig.ToWebhook;
import dev.callboard.sinks.SinksMessages.DeliveryView;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as it is stored, with what has to be known of its task.
 *
 * @param outputs stage name to the attempt whose output it is, in order
 * @param giveUpAt after that it is not tried again by itself
 * @param target the file that it is written to, null when that is not decided
 */
record Delivery(
        String id,
        String taskId,
        String taskTitle,
        String projectId,
        String pipeline,
        String sink,
        SinkConfig config,
        Map<String, String> outputs,
        String status,
        int attempts,
        @Nullable Instant nextAt,
        Instant giveUpAt,
        @Nullable String target,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant deliveredAt) {
    Delivery {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    DeliveryView view() {
        return new DeliveryView(
                id,
                taskId,
                sink,
                config.type(),
                List.copyOf(outputs.keySet()),
                status,
                attempts,
                status.equals(SinksMessages.PENDING) ? nextAt : null,
                shownTarget(),
                error,
                createdAt,
                deliveredAt);
    }

    private @Nullable String shownTarget() {
        if (config instanceof ToWebhook webhook) {
            int query = webhook.url().indexOf('?');
            return query < 0 ? webhook.url() : webhook.url().substring(0, query);
        }
        return target;
    }
}
