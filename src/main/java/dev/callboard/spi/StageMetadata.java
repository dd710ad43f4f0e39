package dev.callboard.spi;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What the engine knows of a stage type: the engine itself names none.
 *
 * @param stageType the stage type, of the form {@link Forms#STAGE_TYPE}
 * @param stateKeys none, one or several keys of the task's state that the output goes to, each a Java identifier
 * @param outputHandler how the output becomes values under the state keys
 * @param outputCounter how the output is counted
 * @param description one or two sentences for people
 * @param dependencies stage types that must have run before: needs, not mere order
 */
public record StageMetadata(
        String stageType,
        List<String> stateKeys,
        OutputHandler outputHandler,
        OutputCounter outputCounter,
        String description,
        List<String> dependencies) {

    /** The Java Language Specification, 3.9: reserved keywords and literals. */
    private static final Set<String> KEYWORDS = Set.of(
            ("abstract assert boolean break byte case catch char class const continue default do double else enum "
                            + "extends final finally float for goto if implements import instanceof int interface long "
                            + "native new package private protected public return short static strictfp super switch "
                            + "synchronized this throw throws transient try void volatile while _ true false null")
                    .split(" "));

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException when the stage type, a state key or a dependency is malformed or repeated
     */
    public StageMetadata {
        Objects.requireNonNull(outputHandler, "outputHandler is null");
        Objects.requireNonNull(outputCounter, "outputCounter is null");
        Objects.requireNonNull(description, "description is null");
        requireStageType(Objects.requireNonNull(stageType, "stageType is null"));
        stateKeys = List.copyOf(stateKeys);
        dependencies = List.copyOf(dependencies);
        for (String key : stateKeys) {
            if (!isIdentifier(key)) {
                throw new IllegalArgumentException("state key '" + key + "' is not a Java identifier");
            }
        }
        if (stateKeys.stream().distinct().count() < stateKeys.size()) {
            throw new IllegalArgumentException("a state key is named twice: " + stateKeys);
        }
        dependencies.forEach(StageMetadata::requireStageType);
    }

    private static boolean isIdentifier(String key) {
        return !key.isEmpty()
                && Character.isJavaIdentifierStart(key.charAt(0))
                && key.chars().allMatch(Character::isJavaIdentifierPart)
                && !KEYWORDS.contains(key);
    }

    private static void requireStageType(String type) {
        if (!Forms.STAGE_TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("stage type '" + type + "' does not match " + Forms.STAGE_TYPE);
        }
    }

    /** Starts a builder with no state key, no dependencies and an empty description. */
    public static Builder builder(String stageType) {
        return new Builder(stageType);
    }

    /** Builds a {@link StageMetadata}. */
    public static final class Builder {
        private final String stageType;
        private List<String> stateKeys = List.of();
        private OutputHandler outputHandler = OutputHandler.none();
        private OutputCounter outputCounter = OutputCounter.none();
        private String description = "";
        private List<String> dependencies = List.of();

        private Builder(String stageType) {
            this.stageType = stageType;
        }

        /** One state key that takes the whole output, counted as one. */
        public Builder stateKey(String key) {
            stateKeys = List.of(key);
            outputHandler = OutputHandler.whole();
            outputCounter = OutputCounter.one();
            return this;
        }

        /** Several state keys, each filled from the output's field of the same name, counted together. */
        public Builder stateKeys(String... keys) {
            stateKeys = List.of(keys);
            outputHandler = OutputHandler.byKey();
            outputCounter = OutputCounter.sumOf(keys);
            return this;
        }

        /** How the output becomes state. Default: by the state keys' number none, whole or by key. */
        public Builder outputHandler(OutputHandler handler) {
            outputHandler = handler;
            return this;
        }

        /** How the output is counted. Default: by the state keys' number none, one or the sum. */
        public Builder outputCounter(OutputCounter counter) {
            outputCounter = counter;
            return this;
        }

        /** One or two sentences for people. Default: empty. */
        public Builder description(String text) {
            description = text;
            return this;
        }

        /** Stage types that must have run before. Default: none. */
        public Builder dependencies(String... stageTypes) {
            dependencies = List.of(stageTypes);
            return this;
        }

        /**
         * Builds it.
         *
         * @throws IllegalArgumentException as the record's constructor
         */
        public StageMetadata build() {
            return new StageMetadata(stageType, stateKeys, outputHandler, outputCounter, description, dependencies);
        }
    }
}
