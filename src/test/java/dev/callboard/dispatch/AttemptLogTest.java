package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.taskmodel.LogLine;
import dev.callboard.testing.TestClock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of the lines that an attempt writes. */
class AttemptLogTest {
    private static AttemptLog log(long lastLine) {
        return new AttemptLog(new TestClock(), lastLine);
    }

    @Test
    void theLastLineSaysThatMoreAreLeftOut() {
        AttemptLog log = log(AttemptLog.MAX_LINES - 2);
        log.info("one");
        log.info("two\nthree");
        log.error("four");
        List<LogLine> lines = log.take();
        assertThat(lines).extracting(LogLine::text).containsExactly("one", "Further lines are left out.");
        assertThat(lines).extracting(LogLine::seq).containsExactly((long) AttemptLog.MAX_LINES - 1, (long)
                AttemptLog.MAX_LINES);
        assertThat(lines.get(1).level()).isEqualTo("warn");
        assertThat(log.take()).isEmpty();
    }

    @Test
    void aLineIsShortAndPlain() {
        AttemptLog log = log(0);
        log.info("x".repeat(AttemptLog.MAX_LENGTH) + "\n" + "y".repeat(AttemptLog.MAX_LENGTH + 1));
        log.info("a\u0007b\tc");
        List<LogLine> lines = log.take();
        assertThat(lines.get(0).text()).hasSize(AttemptLog.MAX_LENGTH).endsWith("x");
        assertThat(lines.get(1).text()).hasSize(AttemptLog.MAX_LENGTH).endsWith("y…");
        assertThat(lines.get(2).text()).isEqualTo("a\uFFFDb\tc");
    }

    @Test
    void linesThatCouldNotBeStoredComeBeforeLaterOnes() {
        AttemptLog log = log(0);
        log.info("one");
        List<LogLine> first = log.take();
        log.info("two");
        log.giveBack(first);
        log.info("three");
        assertThat(log.take()).extracting(LogLine::seq).containsExactly(1L, 2L, 3L);
    }
}
