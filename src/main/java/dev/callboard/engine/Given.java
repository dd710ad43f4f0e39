package dev.callboard.engine;

import dev.callboard.taskmodel.TaskTrigger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was given with a task and stays.
 *
 * @param title short
 * @param input where its input is: {@code {blob, size, media_type, name}} maps
 * @param settings the task's own settings: template id to key to value
 * @param labels as JSON text
 * @param createdBy an unverified name
 * @param trigger what started it by itself, null when somebody made it
 */
record Given(
        String title,
        String description,
        List<Object> input,
        Map<String, @Nullable Object> settings,
        String labels,
        String createdBy,
        @Nullable TaskTrigger trigger,
        Instant createdAt) {}
