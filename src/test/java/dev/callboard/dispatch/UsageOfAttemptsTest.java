package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.palette.Usage;
import dev.callboard.palette.UsageReporting;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What attempts used is kept with them. */
class UsageOfAttemptsTest extends TaskServerFixture {
    private static final Usage USAGE = new Usage("openai", "small", 12, 34, null, null);

    /** A stage that fails after it has used something. */
    private static final class Asks implements Stage, UsageReporting {
        @Override
        public Object execute(StageContext context, Object input) throws StageFailure {
            throw StageFailure.permanent("refused", "The answer was of no use.");
        }

        @Override
        public Optional<Usage> usage() {
            return Optional.of(USAGE);
        }
    }

    @Test
    void whatAFailedAttemptUsedIsKept() throws IOException {
        server.stage("asks", new Asks()).chain("p", "asks").start();
        String id = server.run("p").id();
        server.until(id, "failed");
        assertThat(server.executions(id).get(0).usage()).isEqualTo(USAGE);
    }
}
