package dev.callboard.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.callboard.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Log lines, whatever is logged. */
class LayoutTest {
    private static final String EVIL =
            "a\r\n2026-01-01T00:00:00.000Z ERROR forged\u001b[31m\u009b0m${jndi:ldap://x/y}\u202e\u2028\u0000é€😀";

    private static LoggingEvent event(String message, @Nullable Throwable failure, Object... arguments) {
        return event(Map.of(), message, failure, arguments);
    }

    private static LoggingEvent event(
            Map<String, String> about, String message, @Nullable Throwable failure, Object... arguments) {
        Logger logger = new LoggerContext().getLogger("dev.callboard.http.Thing");
        LoggingEvent event = new LoggingEvent("", logger, Level.WARN, message, failure, arguments);
        event.setMDCPropertyMap(about);
        event.setTimeStamp(1_700_000_000_123L);
        return event;
    }

    private static Map<?, ?> json(LoggingEvent event) {
        String line = new JsonLayout().doLayout(event);
        assertThat(line).endsWith("\n");
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        return (Map<?, ?>) Json.parse(line);
    }

    @Test
    void whatOthersWriteIsShownEscapedInOneLine() {
        String shown = "a\\r\\n2026-01-01T00:00:00.000Z ERROR forged\\u001b[31m\\u009b0m$\\{jndi:ldap://x/y}\\u202e"
                + "\\u2028\\u0000é€😀";
        assertThat(new TextLayout().doLayout(event("the name {}", null, EVIL)))
                .isEqualTo("2023-11-14T22:13:20.123Z WARN  Thing - the name " + shown + "\n");
        Map<?, ?> line = json(event("the name {}", null, EVIL));
        assertThat(line.get("message")).isEqualTo("the name " + shown);
        assertThat(line.get("@timestamp")).isEqualTo("2023-11-14T22:13:20.123Z");
        assertThat(line.get("level")).isEqualTo("WARN");
        assertThat(line.get("logger_name")).isEqualTo("dev.callboard.http.Thing");
    }

    @Test
    void linesOfAnAttemptSayWhich() {
        LoggingEvent event = event(
                Map.of("task", "t1", "stage", EVIL, "execution", "e1", "attempt", "2", "secret", "x"), "done", null);
        Map<?, ?> line = json(event);
        assertThat(line.get("task")).isEqualTo("t1");
        assertThat(line.get("execution")).isEqualTo("e1");
        assertThat(line.get("attempt")).isEqualTo("2");
        assertThat(String.valueOf(line.get("stage"))).startsWith("a\\r\\n");
        assertThat(line.containsKey("secret")).isFalse();
        assertThat(new TextLayout().doLayout(event))
                .contains(" - done [task=t1 stage=a\\r\\n2026")
                .endsWith("attempt=2]\n");
    }

    @Test
    void tracesForgeNoLines() {
        Exception failure = new IllegalStateException(EVIL, new RuntimeException("why\nnot"));
        List<?> trace = (List<?>) json(event("broke", failure)).get("stack_trace");
        assertThat(String.valueOf(trace.get(0))).startsWith("java.lang.IllegalStateException: a\\r\\n");
        assertThat(trace).anyMatch(line -> line.equals("Caused by: java.lang.RuntimeException: why\\nnot"));
        String[] lines = new TextLayout().doLayout(event("broke", failure)).split("\n");
        assertThat(lines).hasSizeGreaterThan(3);
        for (int i = 1; i < lines.length; i++) {
            assertThat(lines[i]).startsWith("\t");
        }
    }

    @Test
    void longTextsAreCut() {
        for (String unit : List.of("x", "é", "€", "😀", "\n", "${")) {
            String cut = Visible.text(unit.repeat(1_000_000 / unit.length()));
            assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isBetween(1_016, 1_024);
            assertThat(cut).endsWith("…");
        }
        assertThat(Visible.text("x".repeat(1_024))).isEqualTo("x".repeat(1_024));
    }

    @Property(tries = 500)
    void anyTextIsOneShortHarmlessField(@ForAll String text) {
        String shown = Visible.text(text.repeat(3));
        assertThat(shown.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(1_024);
        assertThat(shown).doesNotContain("${");
        assertThat(shown.chars()).noneMatch(c -> c < 0x20 || (c >= 0x7f && c <= 0x9f));
        assertThat(((Map<?, ?>) json(event("{}", null, text))).get("message")).isEqualTo(Visible.text(text));
    }
}
