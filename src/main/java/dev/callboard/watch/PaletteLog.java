package dev.callboard.watch;

import dev.callboard.log.LogScope;
import dev.callboard.palette.PaletteChange;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each change of the palette, and only the first ones of a large change. */
final class PaletteLog {
    private static final Logger LOG = LoggerFactory.getLogger(PaletteLog.class);
    private static final int LINES = 20;

    void log(List<PaletteChange> changes) {
        for (PaletteChange change : changes.subList(0, Math.min(LINES, changes.size()))) {
            LogScope.runStage(
                    change.entry().id(),
                    () -> LOG.info(
                            "Stage '{}' {} ({}), palette revision {}",
                            change.entry().id(),
                            change.kind().word(),
                            change.entry().origin().name().toLowerCase(Locale.ROOT),
                            change.revision()));
        }
        if (changes.size() > LINES) {
            LOG.info("and {} more changes of the palette", changes.size() - LINES);
        }
    }
}
