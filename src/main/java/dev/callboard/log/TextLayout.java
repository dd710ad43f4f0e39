package dev.callboard.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * For people: {@code time LEVEL logger - message [task=… stage=…]}, one line an event; a failure's trace follows in lines
 * that begin with a tab, which no other line does.
 */
public final class TextLayout extends LayoutBase<ILoggingEvent> {
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        String logger = event.getLoggerName();
        String level = event.getLevel().toString();
        line.append(' ')
                .append(level)
                .append(" ".repeat(Math.max(1, 6 - level.length())))
                .append(logger.substring(logger.lastIndexOf('.') + 1))
                .append(" - ")
                .append(Visible.text(event.getFormattedMessage()));
        StringBuilder about = new StringBuilder();
        for (String key : LogScope.KEYS) {
            String value = event.getMDCPropertyMap().get(key);
            if (value != null) {
                about.append(about.length() == 0 ? " [" : " ")
                        .append(key)
                        .append('=')
                        .append(Visible.text(value));
            }
        }
        line.append(about).append(about.length() == 0 ? "\n" : "]\n");
        Traces.lines(event.getThrowableProxy())
                .forEach(trace -> line.append('\t').append(trace).append('\n'));
        return line.toString();
    }
}
