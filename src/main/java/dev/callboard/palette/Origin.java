package dev.callboard.palette;

import java.util.Locale;

/** Where a palette entry comes from. */
public enum Origin {
    /** The core declares it. */
    BUILTIN,
    /** A plugin jar brings it. */
    PLUGIN,
    /** Somebody added it while the server ran, or in the stages file. */
    CUSTOM;

    /** The word on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
