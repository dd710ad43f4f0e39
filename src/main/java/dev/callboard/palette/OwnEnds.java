package dev.callboard.palette;

import java.util.Optional;

/**
 * Sources and sinks that are none of the server's own. They can be kept and drawn, and no pipeline takes one: its sources and
 * sinks are those that the server brings along.
 */
public final class OwnEnds {
    private OwnEnds() {}

    /** Why nothing can use an entry of that type and origin, with what to use instead; nothing when it can be used. */
    public static Optional<String> unavailable(EntryType type, Origin origin) {
        if (origin == Origin.BUILTIN) {
            return Optional.empty();
        }
        return switch (type) {
            case STAGE -> Optional.empty();
            case SOURCE ->
                Optional.of(
                        "No pipeline can have a source of one's own. A pipeline's sources are files, text, urls, schedule,"
                                + " webhook and folder; what else brings input is a first stage, such as one of the executor http.");
            case SINK ->
                Optional.of(
                        "No pipeline can have a sink of one's own. A pipeline's sinks are result, file and webhook; what"
                                + " else takes the result out is a last stage, such as one of the executor http.");
        };
    }

    /** Why a word is no stage type, without a full stop. */
    public static String noStageType(String word, StageResolver resolver) {
        return resolver.resolve(word)
                .map(found -> found.entry().definition().type())
                .map(type -> "'" + word + "' is a " + type.word() + ", not a stage")
                .orElse("there is no stage type '" + word + "' in the palette");
    }
}
