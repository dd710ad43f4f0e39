package dev.callboard.spi;

import java.util.regex.Pattern;

/** The forms of the names that stages, pipelines and the server share; each is matched as a whole. */
public final class Forms {
    /** A stage type, which is the id of a palette entry. */
    public static final Pattern STAGE_TYPE = Pattern.compile("[a-z][a-z0-9._-]{0,63}");

    /** A key of a task's state, as definitions and pipelines write it; words that Java reserves are refused beside it. */
    public static final Pattern STATE_KEY = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]{0,63}");

    /** A key of a task's ledger. */
    public static final Pattern LEDGER_KEY = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    /** The name of a port. */
    public static final Pattern PORT_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    /** The type of a port. */
    public static final Pattern PORT_TYPE = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    /** The key of a setting. */
    public static final Pattern SETTING_KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    /** The name of a secret in the server's store. */
    public static final Pattern SECRET_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    /** The name of an environment variable. */
    public static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    private Forms() {}
}
