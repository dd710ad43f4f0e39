package dev.callboard.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import dev.callboard.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * For programs: one JSON object a line with {@code @timestamp, level, logger_name, thread_name, message}, for lines that
 * belong to an attempt {@code task, stage, execution, attempt}, and for failures {@code stack_trace} as a list of lines. No
 * text is longer than 1 KiB.
 */
public final class JsonLayout extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("@timestamp", TextLayout.TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
        line.put("level", event.getLevel().toString());
        line.put("logger_name", Visible.text(event.getLoggerName()));
        line.put("thread_name", Visible.text(event.getThreadName()));
        line.put("message", Visible.text(event.getFormattedMessage()));
        for (String key : LogScope.KEYS) {
            String value = event.getMDCPropertyMap().get(key);
            if (value != null) {
                line.put(key, Visible.text(value));
            }
        }
        List<String> trace = Traces.lines(event.getThrowableProxy());
        if (!trace.isEmpty()) {
            line.put("stack_trace", trace);
        }
        return Json.write(line) + "\n";
    }
}
