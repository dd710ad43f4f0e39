package dev.callboard.spi;

/**
 * The version of this API, by semantic versioning: {@code MAJOR.MINOR}. A plugin's manifest names the version that it was
 * built for ({@code Callboard-Api: 1.1}, or {@code 1} for any minor version); it runs here when the major version is the same and
 * its minor version is not newer than the server's.
 */
public final class ApiVersion {
    /** Grows when a plugin built for the one before could not run. */
    public static final int MAJOR = 1;

    /** Grows when something is added. 1: {@link StageWait}, {@link StageContext#memory()}, plugin settings, {@code now},
     * {@link SettingsCheck}, {@link StageFailure#retryAfter()}, {@link StageContext#network()},
     * {@link StageContext#retryKey()}. 2: {@link StageContext#library()}, {@link StageContext#folder()},
     * {@link StageContext#checkpoint()}, {@link StageContext#projectId()}, {@link StagePlugin#queries()}.
     * 3: {@link StageContext#ask}. */
    public static final int MINOR = 3;

    private ApiVersion() {}
}
