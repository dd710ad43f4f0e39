package dev.callboard.secrets;

import io.vertx.core.Future;
import java.util.Optional;

/** Seals texts under the key of the secrets, for parts of the server that keep something that nobody may read. */
public interface Sealer {
    /**
     * Seals a text; makes the key when there is none. Fails with {@code secrets_key_wrong} when the key cannot be used.
     *
     * @param name what the text is; it opens under the same one alone
     */
    Future<String> seal(String name, String text);

    /** Opens what was sealed; nothing when the key is not the one it was sealed with. Never blocks. */
    Optional<String> open(String name, String sealed);
}
