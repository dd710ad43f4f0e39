package dev.callboard.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks the types of ports along the order of a pipeline, by the rule of drawn graphs ({@link Port#fits}): each stage has to
 * take something of what each stage right before it puts out. A stage without such ports says nothing, and fits.
 */
public final class PortRules {
    private PortRules() {}

    /** Stages that take nothing of what comes right before them, each with a pointer into the pipeline. */
    public static List<Violation> mismatches(Pipeline pipeline, StageResolver resolver) {
        List<Violation> mismatches = new ArrayList<>();
        StageOrder order = pipeline.order();
        for (int i = 0; i < pipeline.stages().size(); i++) {
            StageTemplate stage = pipeline.stages().get(i);
            List<Port> takes = ports(stage, resolver).map(Ports::inputs).orElse(List.of());
            for (String name : takes.isEmpty() ? List.<String>of() : order.previous(stage.name())) {
                List<Port> gives = pipeline.stage(name)
                        .flatMap(before -> ports(before, resolver))
                        .map(Ports::outputs)
                        .orElse(List.of());
                if (!gives.isEmpty()
                        && gives.stream().noneMatch(out -> takes.stream().anyMatch(out::fits))) {
                    mismatches.add(new Violation(
                            "/stages/" + i + "/type",
                            "the stage '" + stage.name() + "' takes " + types(takes) + ", but '" + name
                                    + "' right before it puts out " + types(gives)));
                }
            }
        }
        return mismatches;
    }

    private static Optional<Ports> ports(StageTemplate stage, StageResolver resolver) {
        return PipelineRules.stage(stage.type(), resolver)
                .map(resolved -> resolved.entry().definition().ports());
    }

    private static String types(List<Port> ports) {
        return ports.stream().map(Port::type).distinct().collect(Collectors.joining(" or "));
    }
}
