package dev.callboard.log;

import java.util.List;
import org.slf4j.MDC;

/**
 * Says on every line that is logged meanwhile by this thread which attempt it belongs to: {@code task} (id), {@code stage}
 * (name), {@code execution} (the attempt's id) and {@code attempt} (its number, from 1).
 */
public final class LogScope {
    static final List<String> KEYS = List.of("task", "stage", "execution", "attempt");

    private LogScope() {}

    /** Does the work, whose lines belong to that attempt. */
    public static void run(String task, String stage, String execution, int attempt, Runnable work) {
        MDC.put("task", task);
        MDC.put("stage", stage);
        MDC.put("execution", execution);
        MDC.put("attempt", Integer.toString(attempt));
        try {
            work.run();
        } finally {
            KEYS.forEach(MDC::remove);
        }
    }

    /** Does the work, whose lines belong to a stage type that is not being run. */
    public static void runStage(String stage, Runnable work) {
        MDC.put("stage", stage);
        try {
            work.run();
        } finally {
            MDC.remove("stage");
        }
    }
}
