package dev.callboard.config;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.callboard.log.OutOfMemory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** Looks at every failure that is logged, by libraries too: what they catch and log may be memory that ran out. */
final class OutOfMemoryFilter extends TurboFilter {
    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            @Nullable Object @Nullable [] parameters,
            @Nullable Throwable failure) {
        OutOfMemory.check(failure);
        if (failure == null && parameters != null && parameters.length > 0) {
            Object last = parameters[parameters.length - 1];
            OutOfMemory.check(last instanceof Throwable thrown ? thrown : null);
        }
        return FilterReply.NEUTRAL;
    }
}
