package dev.callboard.config;

import org.jspecify.annotations.Nullable;

/** The process's environment, for values that must not become part of the configuration, such as keys. */
public final class Environment {
    private Environment() {}

    /** The variable's value, null when it is not set. */
    public static @Nullable String variable(String name) {
        return System.getenv(name);
    }
}
