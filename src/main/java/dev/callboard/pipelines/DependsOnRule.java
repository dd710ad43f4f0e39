package dev.callboard.pipelines;

import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What it means that a stage does not say {@code depends_on}. */
public enum DependsOnRule {
    /**
     * As long as no stage named another one, each followed the one before it; else it followed none. Files that have been
     * there since then keep that meaning until they are saved, and are warned of when the other rule would change it.
     */
    NONE_WHERE_OTHERS_SAY(1) {
        @Override
        List<StageTemplate> applied(List<StageTemplate> stages, List<Violation> warnings) {
            boolean named = stages.stream()
                    .anyMatch(stage ->
                            stage.inputs().isEmpty() && !stage.dependsOn().isEmpty());
            List<StageTemplate> old = stages.stream()
                    .map(stage -> stage.inputs().isEmpty() ? stage.after(!named, stage.dependsOn()) : stage)
                    .toList();
            List<String> changed = changed(stages, named);
            if (!changed.isEmpty()) {
                String names = changed.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
                warnings.add(new Violation(
                        "/stages",
                        named
                                ? "some stages say depends_on and others do not: " + names
                                        + ". They follow no stage now; once the pipeline is saved, each follows the stage"
                                        + " before it. Give them depends_on, [] for none"
                                : "depends_on is [] for " + names + ", which follow the stage before them now; once the"
                                        + " pipeline is saved, they follow none. Leave depends_on out to follow the stage"
                                        + " before"));
            }
            return old;
        }
    },

    /** It follows the stage before it, whatever the others say. */
    PREVIOUS(2) {
        @Override
        List<StageTemplate> applied(List<StageTemplate> stages, List<Violation> warnings) {
            return stages;
        }
    };

    private final int number;

    DependsOnRule(int number) {
        this.number = number;
    }

    /** How it is stored. */
    public int number() {
        return number;
    }

    /** The rule that is stored so. */
    public static DependsOnRule of(int number) {
        return number == PREVIOUS.number ? PREVIOUS : NONE_WHERE_OTHERS_SAY;
    }

    /** Stages as they were read, with the meaning of this rule. */
    abstract List<StageTemplate> applied(List<StageTemplate> stages, List<Violation> warnings);

    /** The stages, but for the first one, whose place is another one by {@link #PREVIOUS}. */
    private static List<String> changed(List<StageTemplate> stages, boolean named) {
        List<StageTemplate> sorted = new ArrayList<>(stages);
        sorted.sort(Comparator.comparingInt(StageTemplate::sortOrder));
        return sorted.stream()
                .skip(1)
                .filter(stage -> stage.followsPrevious() == named)
                .filter(stage -> stage.dependsOn().isEmpty() && stage.inputs().isEmpty())
                .map(StageTemplate::name)
                .toList();
    }
}
