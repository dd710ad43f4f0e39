package org.example.text;

import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.StageWait;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** Waits without holding a thread: it tells the engine when to ask again. Its output is its input. */
final class NotBefore implements Stage {
    @Override
    public Object execute(StageContext context, Object input) throws StageFailure, StageWait {
        Instant at;
        try {
            at = Instant.parse(String.valueOf(context.settings().get("at")));
        } catch (DateTimeParseException e) {
            throw StageFailure.permanent(
                    "invalid_moment", "The setting 'at' must be a moment such as 2030-01-31T08:00:00Z.");
        }
        if (Boolean.TRUE.equals(context.ledger().get("go_ahead"))) {
            context.log("somebody said go_ahead");
            return input;
        }
        if (context.now().isBefore(at)) {
            throw StageWait.until(at + ", or go_ahead in the ledger", Duration.ofHours(1), at, Map.of());
        }
        return input;
    }
}
