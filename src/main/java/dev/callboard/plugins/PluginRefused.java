package dev.callboard.plugins;

import dev.callboard.log.OutOfMemory;
import dev.callboard.palette.RefusalClass;

/** A plugin is not loaded, for a reason of some class; the message is one sentence for people. */
final class PluginRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final RefusalClass refusal;

    PluginRefused(RefusalClass refusal, String reason) {
        super(reason, null, false, false);
        this.refusal = refusal;
    }

    RefusalClass refusal() {
        return refusal;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /**
     * Refuses a plugin because of what its code threw. What is thrown is foreign code too: its message is read here and now,
     * on the thread that may hang, and nothing of it is kept.
     */
    static PluginRefused because(Throwable thrown) {
        try {
            OutOfMemory.check(thrown);
            Throwable root = root(thrown);
            String message = root.getMessage();
            if (root instanceof UnsupportedClassVersionError) {
                return new PluginRefused(
                        RefusalClass.CODE, "It was built for a newer Java than this server runs on: " + message + ".");
            }
            if (root instanceof NoClassDefFoundError || root instanceof ClassNotFoundException) {
                return new PluginRefused(
                        RefusalClass.CODE,
                        "It needs a class that is neither in its jar nor in the JDK nor in the SPI: "
                                + String.valueOf(message).replace('/', '.') + ".");
            }
            String type = root.getClass().getSimpleName();
            return new PluginRefused(
                    RefusalClass.CODE,
                    "Its code failed: " + (message == null || message.isBlank() ? type : type + ": " + message) + ".");
        } catch (Throwable e) {
            return new PluginRefused(
                    RefusalClass.CODE,
                    "Its code failed: " + thrown.getClass().getName() + ", whose message cannot be read.");
        }
    }

    /** What was behind it: Java wraps what initialisers and constructors throw. */
    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        for (int i = 0; i < 20; i++) {
            Throwable cause = root.getCause();
            if (cause == null || cause == root) {
                return root;
            }
            root = cause;
        }
        return root;
    }
}
