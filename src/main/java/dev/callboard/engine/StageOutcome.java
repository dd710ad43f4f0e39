package dev.callboard.engine;

import dev.callboard.taskmodel.Suggestion;
import dev.callboard.taskmodel.Wait;
import dev.callboard.taskmodel.WaitingFor;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
public sealed interface StageOutcome {
    /** It ran longer than it may. */
    static Failed timeout(Duration limit) {
        String seconds =
                BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString();
        return new Failed("timeout", "The stage ran longer than its time limit of " + seconds + " s.", true);
    }

    /**
     * It gave a result.
     *
     * @param output the output
     * @param count how many things it put out
     * @param state state key to value
     * @param ledger ledger key to value as JSON text
     * @param facts what the output says to the engine
     */
    record Completed(
            StoredJson output, long count, Map<String, StoredJson> state, Map<String, String> ledger, Facts facts)
            implements StageOutcome {
        /** Copies. */
        public Completed {
            state = Map.copyOf(state);
            ledger = Map.copyOf(ledger);
        }
    }

    /**
     * What an output says to the engine.
     *
     * @param openQuestions how many questions it leaves open
     * @param suggested the stages that it suggests, null when it says nothing of stages
     */
    record Facts(int openQuestions, @Nullable List<Suggestion> suggested) {
        /** Those of a JSON-shaped output. */
        public static Facts of(@Nullable Object output) {
            return new Facts(
                    Suggestion.openQuestions(output), Suggestion.of(output).orElse(null));
        }
    }

    /**
     * A person is to give the result.
     *
     * @param prompt what they are asked
     * @param suggested the stages that rules suggest, null when it is not this stage's to suggest
     */
    record Asked(String prompt, @Nullable List<Suggestion> suggested) implements StageOutcome {}

    /**
     * It can go on only later.
     *
     * @param kind one of {@link WaitingFor}'s words
     * @param reason what it waits for, a few words for people
     * @param poll how often to look again
     * @param deadline when to look for the last time, null for never
     * @param memory what it is given when it goes on
     */
    record Waits(
            String kind, String reason, Duration poll, @Nullable Instant deadline, Map<String, @Nullable Object> memory)
            implements StageOutcome {
        private static final String SECRETS = "secrets";

        /**
         * A worker is to do it.
         *
         * @param secrets whether it gets secrets, so that not every worker may have it
         */
        public static Waits forWorker(String reason, boolean secrets) {
            return new Waits(WaitingFor.WORKER, reason, Duration.ZERO, null, Map.of(SECRETS, secrets));
        }

        /** Whether a worker is to do what waits. */
        public static boolean forWorker(Wait wait) {
            return wait.kind().equals(WaitingFor.WORKER);
        }

        /** Whether a worker that does it gets secrets. */
        public static boolean withSecrets(Wait wait) {
            return Boolean.TRUE.equals(wait.memory().get(SECRETS));
        }

        /** What is stored of it. */
        public Wait began(Instant since) {
            return new Wait(kind, reason, since, deadline, poll, memory);
        }
    }

    /**
     * It gave none.
     *
     * @param code a stable machine word
     * @param message a sentence for the person who started the task
     * @param retryable whether the same input may succeed later
     * @param retryAfter how long another attempt is of no use, null when that is not known
     */
    record Failed(String code, String message, boolean retryable, @Nullable Duration retryAfter)
            implements StageOutcome {
        /** Whatever a stage says, that it failed must be stored: U+FFFD is in the place of a NUL, which no database takes. */
        public Failed {
            code = code.replace('\0', '\uFFFD');
            message = message.replace('\0', '\uFFFD');
        }

        /** Of which is not known how long another attempt is of no use. */
        public Failed(String code, String message, boolean retryable) {
            this(code, message, retryable, null);
        }
    }

    /**
     * A JSON value: small ones inline, large ones as a blob.
     *
     * @param inline the JSON text, or null
     * @param sha256 the blob with the JSON text, or null
     * @param size in bytes
     */
    record StoredJson(@Nullable String inline, @Nullable String sha256, long size) {}
}
