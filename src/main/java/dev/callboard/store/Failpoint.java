package dev.callboard.store;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Places on the way of a decision to the disk at which a test ends the process, as a crash would: none unless the system
 * property {@value #PROPERTY} says so, as {@code written:17} for the 17th time that rows were written.
 */
enum Failpoint {
    /** Decided, nothing written. */
    DECIDED,
    /** The guards are written. */
    GUARDED,
    /** All rows are written, nothing is committed. */
    WRITTEN,
    /** The database says that it is committed. */
    COMMITTED,
    /** It is on the disk, nobody has been told. */
    SURE,
    /** Everybody has been told. */
    ANSWERED;

    static final String PROPERTY = "callboard.failpoint";

    private static final int EXIT = 137;
    private static final @Nullable Failpoint CHOSEN = chosen();
    private static final AtomicLong LEFT = new AtomicLong(times());

    private static String property() {
        return System.getProperty(PROPERTY, "");
    }

    private static @Nullable Failpoint chosen() {
        String name = property().split(":")[0];
        return name.isEmpty() ? null : valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static long times() {
        String property = property();
        return property.contains(":") ? Long.parseLong(property.substring(property.indexOf(':') + 1)) : 1;
    }

    /** Ends the process at once, when it is to end here. */
    void reach() {
        if (CHOSEN == this && LEFT.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(EXIT);
        }
    }
}
