package dev.callboard.spi;

/** The version of this API. A plugin's manifest names the major version that it was built for ({@code Callboard-Api}). */
public final class ApiVersion {
    /** Grows when a plugin built for the one before could not run. */
    public static final int MAJOR = 1;

    private ApiVersion() {}
}
