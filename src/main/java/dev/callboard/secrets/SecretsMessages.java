package dev.callboard.secrets;

import dev.callboard.bus.Address;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the store of secrets answers. No answer has a value. */
public final class SecretsMessages {
    /** Lists the names. */
    public static final Address<ListSecrets, SecretsReply> LIST =
            new Address<>("secrets.list", ListSecrets.class, SecretsReply.class);

    /** Stores or replaces one. */
    public static final Address<PutSecret, SecretWritten> PUT =
            new Address<>("secrets.put", PutSecret.class, SecretWritten.class);

    /** Removes one. */
    public static final Address<RemoveSecret, SecretRemoved> REMOVE =
            new Address<>("secrets.remove", RemoveSecret.class, SecretRemoved.class);

    private SecretsMessages() {}

    /** Asks for all. */
    public record ListSecrets() {}

    /**
     * All, by name.
     *
     * @param fault why none of them can be stored or used, and what to do; null when they can
     */
    public record SecretsReply(List<SecretView> secrets, @Nullable String fault) {
        /** Copies. */
        public SecretsReply {
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * What may be known of a secret.
     *
     * @param project the only project whose tasks get it, null for all
     * @param updatedAt when its value was last given
     * @param updatedBy who gave it
     */
    public record SecretView(String name, @Nullable String project, Instant updatedAt, String updatedBy) {}

    /**
     * Stores a secret.
     *
     * @param name not yet checked
     * @param project the only project whose tasks get it, null for all
     * @param keepsProject whether it stays with the project that it has; {@code project} is null then
     */
    public record PutSecret(String name, String value, @Nullable String project, boolean keepsProject) {
        /** The value is nobody's to see. */
        @Override
        public String toString() {
            return "PutSecret[" + name + "]";
        }
    }

    /**
     * It is stored.
     *
     * @param added whether there was none of that name
     */
    public record SecretWritten(SecretView secret, boolean added) {}

    /**
     * Removes a secret.
     *
     * @param force also when something uses it
     */
    public record RemoveSecret(String name, boolean force) {}

    /** It is gone. */
    public record SecretRemoved(String name) {}
}
