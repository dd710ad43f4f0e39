package dev.callboard.palette;

import java.util.Optional;

/** Has the values of secrets. Safe to call from any thread; never blocks. */
@FunctionalInterface
public interface SecretSource {
    /** Has none. */
    SecretSource NONE = (reference, projectId) -> {
        throw new MissingSecretException("There are no secrets here.");
    };

    /**
     * The value of a secret: for the stage that names it, and for nobody else.
     *
     * @param projectId the project of the task that needs it
     * @throws MissingSecretException when it cannot be had
     */
    String value(SecretReference reference, String projectId) throws MissingSecretException;

    /**
     * Why a pipeline's stages could not have a secret, in a sentence; nothing when they could, also when it belongs to one
     * project: tasks of that project have it.
     *
     * <p>Default: nobody knows of any that is missing.
     */
    default Optional<String> missing(SecretReference reference) {
        return Optional.empty();
    }

    /** Why a secret cannot be had, as sentences that name it and say what to do, and no value. */
    final class MissingSecretException extends Exception {
        private static final long serialVersionUID = 1L;

        /** Says why. */
        public MissingSecretException(String message) {
            super(message);
        }
    }
}
