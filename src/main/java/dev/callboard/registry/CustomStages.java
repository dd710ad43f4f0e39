package dev.callboard.registry;

import dev.callboard.palette.EntryType;
import dev.callboard.palette.Origin;
import dev.callboard.palette.OwnEnds;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageDefinitionReader;
import dev.callboard.palette.StageExecutors;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.registry.RegistryMessages.AddStage;
import dev.callboard.registry.RegistryMessages.CheckStage;
import dev.callboard.registry.RegistryMessages.RemoveStage;
import dev.callboard.registry.RegistryMessages.ReplaceStage;
import dev.callboard.spi.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of adding, replacing and removing custom stages. Pure: an edit says what
 * would change or throws a {@link ProblemException}.
 *
 * @param executors what runs stages here
 * @param maxStages how many custom stages there may be
 */
record CustomStages(StageExecutors executors, int maxStages) {

    /**
     * An edit: looks at the entries and says what would change; it changes nothing itself. May block: whether a stage could run
     * here is asked of the disk.
     */
    @FunctionalInterface
    interface Edit {
        Change apply(SortedMap<String, PaletteEntry> entries);
    }

    /**
     * What an edit does to one entry.
     *
     * @param before null when it is new
     * @param after null when it is removed
     */
    record Change(String id, @Nullable PaletteEntry before, @Nullable PaletteEntry after) {}

    Edit add(AddStage request) {
        return entries -> {
            StageDefinition stage = checked(request.definition());
            PaletteEntry there = entries.get(stage.id());
            if (there != null && there.origin() == Origin.CUSTOM) {
                throw ProblemException.duplicate(
                        "stage_exists",
                        "There is a custom stage '" + stage.id() + "' already; choose another id, or change that one.");
            }
            refuseOverride(there);
            long custom = entries.values().stream()
                    .filter(entry -> entry.origin() == Origin.CUSTOM)
                    .count();
            if (custom >= maxStages) {
                throw ProblemException.illegalState(
                        "too_many_stages",
                        "There are " + custom + " custom stages, the most that this server keeps"
                                + " (limits.custom_stages). Remove some first.");
            }
            return new Change(
                    stage.id(),
                    there,
                    PaletteBuild.customEntry(stage, unavailable(stage), executors.needsPrompt(stage)));
        };
    }

    Edit replace(ReplaceStage request) {
        return entries -> {
            PaletteEntry there = entries.get(request.id());
            if (there == null) {
                throw ProblemException.notFound(
                        "unknown_stage",
                        "There is no stage '" + request.id()
                                + "'; it may have been removed meanwhile. Add it again to keep it.");
            }
            if (there.origin() != Origin.CUSTOM) {
                throw ProblemException.invalid(
                        "not_custom", "'" + request.id() + "' is not a custom stage and cannot be replaced.");
            }
            expect(there, request.expectedRevision());
            StageDefinition stage = checked(request.definition());
            if (!stage.id().equals(request.id())) {
                throw ProblemException.invalid(
                        "invalid_stage",
                        "The id in the body is another than the one in the address.",
                        List.of(new Violation("/id", "must be '" + request.id() + "'")));
            }
            return new Change(
                    stage.id(),
                    there,
                    PaletteBuild.customEntry(stage, unavailable(stage), executors.needsPrompt(stage)));
        };
    }

    Edit remove(RemoveStage request) {
        return entries -> {
            PaletteEntry there = entries.get(request.id());
            if (there == null) {
                throw ProblemException.invalid("unknown_stage", "There is no stage '" + request.id() + "'.");
            }
            if (there.origin() != Origin.CUSTOM) {
                throw ProblemException.invalid(
                        "not_custom",
                        "'" + request.id() + "' is not a custom stage and cannot be removed"
                                + (there.plugin() == null ? "." : "; remove its plugin jar instead."));
            }
            expect(there, request.expectedRevision());
            return new Change(request.id(), there, null);
        };
    }

    /**
     * A definition that is to be tried: checked like one that is added.
     *
     * @throws ProblemException {@code invalid_stage}, or {@code cannot_try} when its executor has no try
     */
    StageDefinition tried(CheckStage request) {
        StageDefinitionReader.Result read = StageDefinitionReader.read(request.definition(), "");
        StageDefinition stage = read.definition();
        if (stage != null) {
            Optional<String> reason = stage.type() == EntryType.STAGE
                    ? executors.of(stage.executor()).noTry()
                    : Optional.of("Only stages can be tried, and this is a "
                            + stage.type().word() + ".");
            reason.ifPresent(why -> {
                throw ProblemException.illegalState("cannot_try", why);
            });
        }
        try {
            return checked(request.definition());
        } catch (ProblemException e) {
            List<Violation> placed = e.problem().violations().stream()
                    .map(violation -> new Violation(request.pointer() + violation.pointer(), violation.detail()))
                    .toList();
            throw ProblemException.invalid(e.problem().code(), e.problem().detail(), placed);
        }
    }

    private @Nullable String unavailable(StageDefinition stage) {
        return OwnEnds.unavailable(stage.type(), Origin.CUSTOM)
                .or(() -> executors.unavailable(stage))
                .orElse(null);
    }

    private StageDefinition checked(@Nullable Object definition) {
        StageDefinitionReader.Result result = StageDefinitionReader.read(definition, "");
        StageDefinition stage = result.definition();
        List<Violation> violations;
        if (stage == null) {
            violations = result.violations();
        } else {
            violations = new ArrayList<>(StageNames.faults(definition));
            violations.addAll(executors.check(stage));
            violations.addAll(DefinitionLimits.check(stage));
        }
        if (stage != null && violations.isEmpty()) {
            return stage;
        }
        throw ProblemException.invalid(
                "invalid_stage", "The stage definition has " + Plural.of(violations.size(), "fault") + ".", violations);
    }

    private static void refuseOverride(@Nullable PaletteEntry there) {
        if (there != null) {
            throw ProblemException.invalid(
                    "builtin_stage",
                    "'" + there.id() + "' is the id of a "
                            + (there.plugin() == null
                                    ? "built-in stage"
                                    : "stage of the plugin '" + there.plugin() + "'")
                            + " and can't be overridden; choose another one.");
        }
    }

    private static void expect(PaletteEntry there, @Nullable Long expected) {
        if (expected != null && expected != there.revision()) {
            throw ProblemException.staleRevision("Stage '" + there.id() + "'", expected, there.revision());
        }
    }
}
