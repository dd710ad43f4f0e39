package dev.callboard.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stack traces as lines; the messages of exceptions are text that others chose. */
final class Traces {
    private static final int FRAMES = 12;
    private static final int CAUSES = 6;

    private Traces() {}

    /** The failure and its causes, each with its innermost calls; none for no failure. */
    static List<String> lines(@Nullable IThrowableProxy failure) {
        List<String> lines = new ArrayList<>();
        IThrowableProxy next = failure;
        for (int i = 0; next != null && i < CAUSES; i++) {
            String message = next.getMessage();
            lines.add(Visible.text(
                    (i == 0 ? "" : "Caused by: ") + next.getClassName() + (message == null ? "" : ": " + message)));
            StackTraceElementProxy[] frames = next.getStackTraceElementProxyArray();
            for (int j = 0; frames != null && j < Math.min(FRAMES, frames.length); j++) {
                lines.add(Visible.text(frames[j].getSTEAsString()));
            }
            next = next.getCause();
        }
        return lines;
    }
}
