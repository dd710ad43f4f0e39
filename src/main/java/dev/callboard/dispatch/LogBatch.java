package dev.callboard.dispatch;

import dev.callboard.bus.Bus;
import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.LogAdded;
import dev.callboard.taskmodel.LogLine;
import java.util.List;

/** Log lines on their way into the database. */
record LogBatch(String taskId, String executionId, AttemptLog log, List<LogLine> lines) {
    /** They are stored: tells everybody. */
    void publish(Bus bus) {
        if (!lines.isEmpty()) {
            bus.publish(ExecutionMessages.LOG_ADDED, new LogAdded(taskId, executionId, lines));
        }
    }

    /** They could not be stored: the next batch begins with them. */
    void giveBack() {
        log.giveBack(lines);
    }
}
