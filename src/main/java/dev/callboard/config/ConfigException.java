package dev.callboard.config;

import java.util.List;

/** The configuration is wrong; it carries every error at once. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;

    ConfigException(List<String> errors) {
        super(String.join("\n", errors), null, false, false);
        this.errors = List.copyOf(errors);
    }

    /** One sentence for each error. */
    public List<String> errors() {
        return errors;
    }
}
