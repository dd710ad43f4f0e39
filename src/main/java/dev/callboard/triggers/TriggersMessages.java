package dev.callboard.triggers;

import dev.callboard.bus.Address;
import dev.callboard.bus.Topic;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What triggers answer and publish. */
public final class TriggersMessages {
    /** Lists them. */
    public static final Address<ListTriggers, TriggersReply> LIST =
            new Address<>("triggers.list", ListTriggers.class, TriggersReply.class);

    /** Fires, pauses, resumes one, or gives it a new address. */
    public static final Address<CommandTrigger, TriggerReply> COMMAND =
            new Address<>("triggers.command", CommandTrigger.class, TriggerReply.class);

    /** Waits until the triggers are in line with the pipelines as they are now. */
    public static final Address<FollowPipelines, PipelinesFollowed> FOLLOW =
            new Address<>("triggers.follow", FollowPipelines.class, PipelinesFollowed.class);

    /** A request came to the address of a webhook. */
    public static final Address<PostHook, HookReply> HOOK =
            new Address<>("triggers.hook", PostHook.class, HookReply.class);

    /** A trigger is another than before, or gone. */
    public static final Topic<TriggerChanged> CHANGED = new Topic<>("triggers.changed", TriggerChanged.class);

    private TriggersMessages() {}

    /** Asks for the triggers of a pipeline, null for those of all. */
    public record ListTriggers(@Nullable String pipeline) {}

    /** Asks for the triggers to be in line. */
    public record FollowPipelines() {}

    /** They are, or the log says why not. */
    public record PipelinesFollowed() {}

    /** Triggers, by pipeline and source. */
    public record TriggersReply(List<ListedTrigger> triggers) {
        /** Copies. */
        public TriggersReply {
            triggers = List.copyOf(triggers);
        }
    }

    /**
     * A trigger with what not everybody may see.
     *
     * @param token the end of a webhook's address, null for others and when it cannot be opened
     */
    public record ListedTrigger(TriggerView trigger, @Nullable String token) {
        /** Whoever has the token can start tasks: it is not for logs. */
        @Override
        public String toString() {
            return "ListedTrigger[" + trigger + "]";
        }
    }

    /**
     * A trigger as clients see it.
     *
     * @param source the source's name in its pipeline
     * @param state {@code active}, {@code paused} or {@code invalid}
     * @param reason why it is invalid, a sentence
     * @param nextAt when it is due next, null when it has no due times
     * @param lastAt when it fired last
     * @param lastTask the task of that
     * @param skipped why it did not fire since, a sentence; null when there is nothing to say
     * @param canFire whether it may fire by hand
     */
    public record TriggerView(
            String id,
            String pipeline,
            String source,
            String type,
            String state,
            @Nullable String reason,
            @Nullable Instant nextAt,
            @Nullable Instant lastAt,
            @Nullable String lastTask,
            @Nullable String skipped,
            boolean canFire) {}

    /** What can be done to a trigger. */
    public enum Command {
        /** Fires now, whatever it waits for. */
        FIRE,
        /** Does not fire until it is resumed; what is due meanwhile is skipped. */
        PAUSE,
        /** Fires again. */
        RESUME,
        /** Gives a webhook another address; the old one is gone at once. */
        ROTATE
    }

    /** Does something to a trigger. */
    public record CommandTrigger(String id, Command command) {}

    /**
     * It is done.
     *
     * @param taskId the task that was started, null when none was, or a task for each of several files
     * @param message what became of it when there is no task to show, a sentence; null when there is nothing to say
     */
    public record TriggerReply(ListedTrigger trigger, @Nullable String taskId, @Nullable String message) {}

    /**
     * A request to a webhook's address.
     *
     * @param headers by lower-case name, the first of each
     * @param query by name, the first of each
     */
    public record PostHook(String token, Buffer body, Map<String, String> headers, Map<String, String> query) {
        /** Copies. */
        public PostHook {
            headers = Map.copyOf(headers);
            query = Map.copyOf(query);
        }

        /** Neither token nor body is for logs. */
        @Override
        public String toString() {
            return "PostHook[" + body.length() + " bytes]";
        }
    }

    /** What a request started, now or when it came first. */
    public record HookReply(String taskId) {}

    /**
     * A trigger as it is now.
     *
     * @param removed whether it is gone
     */
    public record TriggerChanged(TriggerView trigger, boolean removed) {}
}
