package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WaitingWritesTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(WaitingWrites.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final WaitingWrites waiting = new WaitingWrites("outcome");

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.setLevel(null);
        logger.detachAppender(lines);
    }

    private List<Level> levels() {
        return lines.list.stream().map(ILoggingEvent::getLevel).toList();
    }

    @Test
    void anIncidentIsToldOnceAndSoIsItsEnd() {
        for (int i = 0; i < 10; i++) {
            for (String attempt : List.of("a", "b", "c")) {
                waiting.add(attempt, new IllegalStateException("the disk is full"));
            }
        }
        assertThat(levels()).containsExactly(Level.WARN);
        assertThat(lines.list.get(0).getFormattedMessage()).contains("the disk is full");
        waiting.remove("a");
        waiting.remove("c");
        waiting.add("b", new IllegalStateException("still full"));
        assertThat(levels()).containsExactly(Level.WARN);
        waiting.remove("b");
        assertThat(levels()).containsExactly(Level.WARN, Level.INFO);
        assertThat(lines.list.get(1).getFormattedMessage()).contains("at most 3");
    }

    @Test
    void theNextIncidentIsToldAgain() {
        waiting.add("a", new IllegalStateException("one"));
        waiting.remove("a");
        waiting.add("a", new IllegalStateException("two"));
        assertThat(levels()).containsExactly(Level.WARN, Level.INFO, Level.WARN);
    }

    @Test
    void whatNeverWaitedIsNotTold() {
        waiting.remove("a");
        assertThat(lines.list).isEmpty();
    }
}
