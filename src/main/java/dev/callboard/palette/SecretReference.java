package dev.callboard.palette;

import dev.callboard.spi.Forms;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code secret} setting holds: where its value is, never the value. On the wire it is {@code env:NAME} or
 * {@code secret:NAME}.
 *
 * @param source where it is
 * @param name of the form {@link Forms#VARIABLE} in the environment, {@link Forms#SECRET_NAME} in the store
 */
public record SecretReference(Source source, String name) {
    /** Where a secret is. */
    public enum Source {
        /** In the environment of the server. */
        ENV("env:"),
        /** In the server's own store. */
        STORE("secret:");

        private final String prefix;

        Source(String prefix) {
            this.prefix = prefix;
        }
    }

    /** Reads one; nothing for whatever else it is. */
    public static Optional<SecretReference> of(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return Optional.empty();
        }
        if (text.startsWith(Source.ENV.prefix)) {
            String name = text.substring(Source.ENV.prefix.length());
            return Forms.VARIABLE.matcher(name).matches()
                    ? Optional.of(new SecretReference(Source.ENV, name))
                    : Optional.empty();
        }
        String name = text.startsWith(Source.STORE.prefix) ? text.substring(Source.STORE.prefix.length()) : "";
        return Forms.SECRET_NAME.matcher(name).matches()
                ? Optional.of(new SecretReference(Source.STORE, name))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return source.prefix + name;
    }
}
