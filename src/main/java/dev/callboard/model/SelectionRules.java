package dev.callboard.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Which selections of a pipeline's stages can work. */
public final class SelectionRules {
    private SelectionRules() {}

    /**
     * What a selection lacks. Only needs count, not mere order: the stage types without which a stage cannot do. A need that
     * no earlier stage of the pipeline could meet is not the selection's fault.
     *
     * @param selected names of the selected stages
     * @param needs the stage types that a stage cannot do without
     */
    public static List<Violation> lacking(
            Pipeline pipeline, Collection<String> selected, Function<StageTemplate, List<String>> needs) {
        StageOrder order = pipeline.order();
        List<Violation> lacking = new ArrayList<>();
        for (StageTemplate stage : pipeline.stages()) {
            for (String need : selected.contains(stage.name()) ? needs.apply(stage) : List.<String>of()) {
                List<String> candidates = pipeline.stages().stream()
                        .filter(other -> other.type().equals(need) && order.isBefore(other.name(), stage.name()))
                        .map(StageTemplate::name)
                        .toList();
                if (!candidates.isEmpty() && candidates.stream().noneMatch(selected::contains)) {
                    lacking.add(new Violation(
                            "/stages", "'" + stage.name() + "' needs '" + candidates.get(0) + "', which is left out"));
                }
            }
        }
        return lacking;
    }
}
