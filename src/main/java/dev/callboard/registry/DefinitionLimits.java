package dev.callboard.registry;

import dev.callboard.json.Json;
import dev.callboard.palette.EntryType;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageDefinitionWriter;
import dev.callboard.palette.UnknownMembers;
import dev.callboard.palette.UnknownMembers.Unknown;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        List<Unknown> members = UnknownMembers.of(stage);
        int unknown = members.size();
        if (unknown > MAX_UNKNOWN) {
            violations.add(new Violation(
                    "",
                    "has " + unknown + " members that are not known here; at most " + MAX_UNKNOWN
                            + " are stored, put the others elsewhere"));
        }
        Map<String, @Nullable Object> byPointer = new LinkedHashMap<>();
        members.forEach(member -> byPointer.put(member.pointer(), member.value()));
        int unknownBytes = Json.writeBytes(byPointer).length;
        if (unknownBytes > MAX_UNKNOWN_BYTES) {
            violations.add(new Violation(
                    "",
                    "has " + unknownBytes + " bytes in members that are not known here; at most " + MAX_UNKNOWN_BYTES
                            + " are stored, put the others elsewhere"));
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
            boolean stage = entry.definition().type() == EntryType.STAGE;
            warnings.add(new Violation(
                    stage ? "/executor" : "/type",
                    stage
                            ? "cannot run here now: " + entry.unavailable()
                            : "is of no use here: " + entry.unavailable()));
        }
        if (entry.needsPrompt()) {
            warnings.add(new Violation(
                    "/executor_config/prompt", "is missing: the stage runs only in pipelines that give it a prompt"));
        }
        UnknownMembers.of(entry.definition())
                .forEach(member -> warnings.add(new Violation(
                        member.pointer(),
                        "is not known here; it is stored, and nothing reads it"
                                + member.near()
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse(""))));
        return warnings;
    }
}
