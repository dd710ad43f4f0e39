package dev.callboard.pipelines;

import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The stages of a pipeline that the words of a request select: each by its name, in any case, else by a type that only one stage
 * has, and the locked ones with them. No words select all.
 *
 * @param names of the selected stages, in the pipeline's order
 * @param unknown which words, counted from 0, select nothing
 */
public record SelectedStages(List<String> names, List<Integer> unknown) {
    /** Copies. */
    public SelectedStages {
        names = List.copyOf(names);
        unknown = List.copyOf(unknown);
    }

    /** Finds what words select. */
    public static SelectedStages of(Pipeline pipeline, List<String> words) {
        List<String> all = pipeline.order().keys();
        if (words.isEmpty()) {
            return new SelectedStages(all, List.of());
        }
        Set<String> names = new LinkedHashSet<>();
        List<Integer> unknown = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            Optional<StageTemplate> stage = find(pipeline, words.get(i).strip());
            if (stage.isPresent()) {
                names.add(stage.get().name());
            } else {
                unknown.add(i);
            }
        }
        pipeline.stages().stream()
                .filter(StageTemplate::locked)
                .map(StageTemplate::name)
                .forEach(names::add);
        return new SelectedStages(all.stream().filter(names::contains).toList(), unknown);
    }

    /** What is wrong with the words, with pointers into {@code /stages}; nothing when each selects a stage. */
    public List<Violation> faults(Pipeline pipeline, List<String> words) {
        return unknown.stream()
                .map(i -> new Violation(
                        "/stages/" + i,
                        "there is no stage '" + words.get(i) + "' in the pipeline '" + pipeline.name()
                                + "'; known are "
                                + String.join(", ", pipeline.order().keys())))
                .toList();
    }

    /** The problem {@code invalid_selection} of faults, at least one. */
    public static ProblemException refused(List<Violation> faults) {
        return ProblemException.invalid(
                "invalid_selection",
                "These stages cannot be selected: " + faults.get(0).sentence(),
                faults);
    }

    private static Optional<StageTemplate> find(Pipeline pipeline, String word) {
        Optional<StageTemplate> named = pipeline.stages().stream()
                .filter(stage -> stage.name().equalsIgnoreCase(word))
                .findFirst();
        if (named.isPresent()) {
            return named;
        }
        List<StageTemplate> typed = pipeline.stages().stream()
                .filter(stage -> stage.type().equals(word))
                .toList();
        return typed.size() == 1 ? Optional.of(typed.get(0)) : Optional.empty();
    }
}
