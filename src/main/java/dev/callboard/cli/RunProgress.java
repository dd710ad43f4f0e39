package dev.callboard.cli;

import dev.callboard.spi.Plural;
import dev.callboard.taskmodel.WaitingFor;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows how far a task is: one line that changes on a terminal, a line for each change of a stage otherwise. */
final class RunProgress implements AutoCloseable {
    private final PrintStream out;
    private final @Nullable ProgressLine line;
    private final Map<Object, Object> shown = new HashMap<>();
    private final Map<Object, Object> waits = new HashMap<>();

    RunProgress(PrintStream out, boolean terminal) {
        this.out = out;
        this.line = terminal ? new ProgressLine(out) : null;
    }

    /** Whether somebody reads along. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean onTerminal() {
        if (System.console() == null) {
            return false;
        }
        try {
            // From Java 22 on there is a console object even when the output goes into a file.
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    void show(Map<?, ?> task, List<?> executions) {
        Map<Object, Map<?, ?>> stages = new HashMap<>();
        int selected = 0;
        for (Object each : task.get("stages") instanceof List<?> list ? list : List.of()) {
            Map<?, ?> stage = (Map<?, ?>) each;
            stages.put(stage.get("id"), stage);
            selected += stage.get("number") == null ? 0 : 1;
        }
        for (Object each : executions) {
            Map<?, ?> execution = (Map<?, ?>) each;
            Object status = execution.get("status");
            Map<?, ?> stage = stages.get(execution.get("stage_template_id"));
            String place =
                    "[" + (stage == null ? "?" : stage.get("number")) + "/" + selected + "] " + execution.get("stage");
            if (execution.get("waiting_for") instanceof Map<?, ?> waiting) {
                tellWait(execution.get("id"), waiting, place);
            } else if (!"pending".equals(status)) {
                report(execution, place);
            }
        }
        out.flush();
    }

    /** A line for each reason; the same one again says nothing new. */
    private void tellWait(@Nullable Object id, Map<?, ?> waiting, String place) {
        Object reason = waiting.get("reason");
        if (reason != null && !reason.equals(waits.put(id, reason))) {
            println(place + " waiting"
                    + (onLedger(waiting) ? " for " : ": ") + reason
                    + (waiting.get("until") == null ? "" : ", until " + waiting.get("until")));
        }
    }

    /** Whether a task waits for its ledger: that may take days, and no command needs to run meanwhile. */
    static boolean waitsForLedger(Map<?, ?> task) {
        return task.get("waiting_for") instanceof Map<?, ?> waiting && onLedger(waiting);
    }

    private static boolean onLedger(Map<?, ?> waiting) {
        return WaitingFor.LEDGER.equals(waiting.get("kind"));
    }

    private void report(Map<?, ?> execution, String place) {
        String status = String.valueOf(execution.get("status"));
        Object progress = execution.get("progress");
        Object id = execution.get("id");
        if ("running".equals(status)) {
            if (line != null) {
                line.show(place + " …" + text(progress));
            } else if (shown.put(id, status) == null) {
                out.println(place + " running");
            }
        } else if (!status.equals(shown.put(id, status))) {
            println(place + " " + status + details(execution));
        }
    }

    private void println(String text) {
        if (line == null) {
            out.println(text);
        } else {
            line.println(text);
        }
    }

    /** What is printed from here on stands in lines of its own. */
    @Override
    public void close() {
        if (line != null) {
            line.close();
        }
    }

    private static String text(@Nullable Object progress) {
        if (!(progress instanceof Map<?, ?> map)) {
            return "";
        }
        Object total = map.get("total");
        Object message = map.get("message");
        String count =
                total instanceof Number number && number.longValue() > 0 ? " " + map.get("done") + "/" + total : "";
        return count + (message == null ? "" : " " + message);
    }

    private static String details(Map<?, ?> execution) {
        StringBuilder details = new StringBuilder();
        if (execution.get("duration_ms") instanceof Number milliseconds) {
            details.append(", ").append(milliseconds).append(" ms");
        }
        if (execution.get("output_count") instanceof Number count) {
            details.append(", ").append(Plural.of(count.longValue(), "output"));
        }
        if (execution.get("error") != null) {
            details.append(": ").append(execution.get("error"));
        }
        return details.toString();
    }
}
