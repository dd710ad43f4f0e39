package dev.callboard.registry;

/** A plugin is not loaded; the message is one sentence for people. */
final class PluginRefused extends Exception {
    private static final long serialVersionUID = 1L;

    PluginRefused(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
