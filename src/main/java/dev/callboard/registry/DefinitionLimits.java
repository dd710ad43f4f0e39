package dev.callboard.registry;

import dev.callboard.json.Json;
import dev.callboard.json.JsonPointers;
import dev.callboard.model.PaletteEntry;
import dev.callboard.model.StageDefinition;
import dev.callboard.model.StageDefinitionWriter;
import dev.callboard.model.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * How large a definition may be that is added or changed here, and what of it nobody knows: every open page gets all of every
 * definition. A stages file or a jar that has more is read all the same.
 */
final class DefinitionLimits {
    /** The most members that nobody knows. */
    static final int MAX_UNKNOWN = 32;

    /** The most bytes of those members, as JSON. */
    static final int MAX_UNKNOWN_BYTES = 16 << 10;

    /** The most bytes of a definition, as JSON. */
    static final int MAX_BYTES = 256 << 10;

    private DefinitionLimits() {}

    /** What of a definition is too much. */
    static List<Violation> check(StageDefinition stage) {
        List<Violation> violations = new ArrayList<>();
        int unknown = stage.extra().size();
        if (unknown > MAX_UNKNOWN) {
            violations.add(new Violation(
                    "",
                    "has " + unknown + " members that are not known here; at most " + MAX_UNKNOWN
                            + " are kept, put the others elsewhere"));
        }
        int unknownBytes = Json.writeBytes(stage.extra()).length;
        if (unknownBytes > MAX_UNKNOWN_BYTES) {
            violations.add(new Violation(
                    "",
                    "has " + unknownBytes + " bytes in members that are not known here; at most " + MAX_UNKNOWN_BYTES
                            + " are kept, put the others elsewhere"));
        }
        int bytes = Json.writeBytes(StageDefinitionWriter.definition(stage)).length;
        if (bytes > MAX_BYTES) {
            violations.add(new Violation("", "is " + bytes + " bytes long; at most " + MAX_BYTES + " are taken"));
        }
        return violations;
    }

    /** That it cannot run here, and members that are kept and that nobody here reads; mostly they are spelt wrongly. */
    static List<Violation> warnings(PaletteEntry entry) {
        List<Violation> warnings = new ArrayList<>();
        if (entry.unavailable() != null) {
            warnings.add(new Violation("/executor", "cannot run here now: " + entry.unavailable()));
        }
        if (entry.needsPrompt()) {
            warnings.add(new Violation(
                    "/executor_config/prompt", "is missing: the stage runs only in pipelines that give it a prompt"));
        }
        entry.definition()
                .extra()
                .keySet()
                .forEach(name -> warnings.add(new Violation(
                        JsonPointers.member("", name), "is not known here; it is kept, and nothing reads it")));
        return warnings;
    }
}
