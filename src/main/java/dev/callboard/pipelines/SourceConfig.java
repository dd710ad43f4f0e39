package dev.callboard.pipelines;

import dev.callboard.cron.Schedule;
import dev.callboard.palette.SecretReference;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a source of a pipeline is: given by who starts a task, or firing by itself. */
public sealed interface SourceConfig extends EndConfig {
    /** Whether it starts tasks by itself, so that it has a trigger. */
    default boolean fires() {
        return !(this instanceof Given);
    }

    /** Inputs that whoever starts a task gives. */
    enum Given implements SourceConfig {
        /** Files. */
        FILES,
        /** A text. */
        TEXT,
        /** Addresses. */
        URLS;

        @Override
        public String type() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Fires at times.
     *
     * @param cron 5 fields, or 6 with seconds first
     * @param zone whose clocks the expression means. Default {@code UTC}
     * @param overlap what happens when the task of the last firing is still open. Default {@link Overlap#SKIP}
     * @param missed what happens to firings that were due while the server was down. Default
     *     {@link Missed#LAST}
     */
    record Timed(String cron, ZoneId zone, Overlap overlap, Missed missed) implements SourceConfig {
        @Override
        public String type() {
            return "schedule";
        }

        @Override
        public Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("cron", cron);
            members.put("time_zone", zone.getId());
            members.put("overlap", overlap.word());
            members.put("missed", missed.word());
            return members;
        }

        /** When it is due. */
        public Schedule schedule() {
            return Schedule.of(cron, zone);
        }
    }

    /** What a schedule does when the task of its last firing is still open. */
    enum Overlap {
        /** Nothing: this firing is skipped. */
        SKIP,
        /** The firing waits until that task has ended. */
        QUEUE,
        /** It starts a task beside it. */
        START;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a schedule does about firings that were due while it could not fire. */
    enum Missed {
        /** They are skipped. */
        NONE,
        /** The last one of them is fired. */
        LAST,
        /** Each of them is fired. */
        ALL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Fires when somebody posts to its address.
     *
     * @param hmacSecret the key under which requests are signed; null when the address alone is enough
     * @param input {@link #BODY}, or an expression over the request
     */
    record Webhook(@Nullable SecretReference hmacSecret, String input) implements SourceConfig {
        /** The task's input is the body as it came. */
        public static final String BODY = "body";

        @Override
        public String type() {
            return "webhook";
        }

        @Override
        public Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            if (hmacSecret != null) {
                members.put("hmac_secret", hmacSecret.toString());
            }
            members.put("input", input);
            return members;
        }
    }

    /**
     * Fires for each file in a folder.
     *
     * @param path the folder, absolute
     * @param pattern which names of files, as a shell's pattern. Default {@code *}
     * @param move whether a file whose task was made is moved to {@code .done} in the folder. Default false
     */
    record Folder(String path, String pattern, boolean move) implements SourceConfig {
        /** The word of the type. */
        public static final String TYPE = "folder";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("path", path);
            members.put("pattern", pattern);
            members.put("then", move ? "move" : "keep");
            return members;
        }
    }
}
