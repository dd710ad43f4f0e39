package dev.callboard.pipelines;

import dev.callboard.palette.Port;
import dev.callboard.palette.Ports;
import dev.callboard.palette.StageResolver;
import dev.callboard.problem.Fields;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks ports along the order of a pipeline, by the one rule of drawn graphs and pipelines ({@link Port#fits}).
 *
 * <p>A stage that says {@code inputs} has to have those ports, what feeds them has to have the ports that are named, and each
 * has to take what it is fed. Any other stage has to take something of what each stage right before it puts out. A stage without
 * such ports says nothing, and fits.
 */
public final class PortRules {
    private final Pipeline pipeline;
    private final StageResolver resolver;
    private final List<Violation> unknown = new ArrayList<>();
    private final List<Violation> ambiguous = new ArrayList<>();
    private final List<Violation> mismatches = new ArrayList<>();

    private PortRules(Pipeline pipeline, StageResolver resolver) {
        this.pipeline = pipeline;
        this.resolver = resolver;
    }

    /**
     * What is wrong with ports, each with a pointer into the pipeline.
     *
     * @param unknown ports that are named and not there: errors
     * @param ambiguous texts that mean a stage as well as a port of another one: refused from here on, in what is stored
     *     already warnings
     * @param mismatches stages that take nothing of what they are fed: errors where the pipeline is strict, else warnings
     */
    public record Checked(List<Violation> unknown, List<Violation> ambiguous, List<Violation> mismatches) {
        /** Copies. */
        public Checked {
            unknown = List.copyOf(unknown);
            ambiguous = List.copyOf(ambiguous);
            mismatches = List.copyOf(mismatches);
        }
    }

    /** Checks all stages of a pipeline. */
    public static Checked check(Pipeline pipeline, StageResolver resolver) {
        PortRules rules = new PortRules(pipeline, resolver);
        StageOrder order = pipeline.order();
        for (int i = 0; i < pipeline.stages().size(); i++) {
            StageTemplate stage = pipeline.stages().get(i);
            if (stage.inputs().isEmpty()) {
                rules.checkPrevious(stage, order.previous(stage.name()), "/stages/" + i + "/type");
            } else {
                rules.checkInputs(stage, "/stages/" + i + "/inputs/");
            }
        }
        return new Checked(rules.unknown, rules.ambiguous, rules.mismatches);
    }

    private void checkPrevious(StageTemplate stage, List<String> previous, String pointer) {
        List<Port> takes = ports(stage).inputs();
        if (previous.isEmpty() && !takes.isEmpty()) {
            checkFirst(stage, takes, pointer);
        }
        for (String name : takes.isEmpty() ? List.<String>of() : previous) {
            List<Port> gives = ports(name).outputs();
            if (!gives.isEmpty()
                    && gives.stream().noneMatch(out -> takes.stream().anyMatch(out::fits))) {
                mismatches.add(new Violation(
                        pointer,
                        "the stage '" + stage.name() + "' takes " + types(takes) + ", but '" + name
                                + "' right before it puts out " + types(gives)));
            }
        }
    }

    /** The task's input is what a stage takes that follows none. */
    private void checkFirst(StageTemplate stage, List<Port> takes, String pointer) {
        List<Port> gives = SourcePorts.of(pipeline, resolver);
        if (!gives.isEmpty() && gives.stream().noneMatch(out -> takes.stream().anyMatch(out::fits))) {
            mismatches.add(new Violation(
                    pointer,
                    "the stage '" + stage.name() + "' takes " + types(takes) + ", but follows no stage, and what starts"
                            + " the pipeline gives " + types(gives)));
        }
    }

    private void checkInputs(StageTemplate stage, String pointer) {
        Ports ports = ports(stage);
        for (Map.Entry<String, String> input : stage.inputs().entrySet()) {
            String at = pointer + Fields.escape(input.getKey());
            Optional<Port> to = ports.input(input.getKey());
            if (to.isEmpty() && !ports.inputs().isEmpty()) {
                unknown.add(new Violation(
                        at,
                        "the stage '" + stage.name() + "' (" + stage.type() + ") has no input port '" + input.getKey()
                                + "'; it has " + names(ports.inputs())));
            }
            List<PortInput> readings =
                    PortInput.readings(input.getValue(), pipeline.stageNames(), pipeline.sourceNames());
            readings.stream()
                    .findFirst()
                    .ifPresent(from -> checkFeed(stage, to.orElse(new Port(input.getKey(), Port.ANY)), from, at));
            checkAmbiguous(
                    input.getValue(), readings.stream().filter(this::isThere).toList(), at);
        }
    }

    /** Names and ports may have dots, so that a text may mean more than one thing. */
    private void checkAmbiguous(String text, List<PortInput> there, String at) {
        if (there.size() > 1) {
            ambiguous.add(new Violation(
                    at,
                    "'" + text + "' may be "
                            + there.stream().map(PortRules::describe).collect(Collectors.joining(" or "))
                            + "; rename one of them"));
        }
    }

    private boolean isThere(PortInput from) {
        return from.port() == null
                || outputs(from).stream().anyMatch(port -> port.name().equals(from.port()));
    }

    private static String describe(PortInput from) {
        String name = (from.source() ? "the source '" : "the stage '") + from.from() + "'";
        return from.port() == null ? name : "the port '" + from.port() + "' of " + name;
    }

    private List<Port> outputs(PortInput from) {
        return from.source()
                ? SourcePorts.of(pipeline, from.from(), resolver)
                : ports(from.from()).outputs();
    }

    private void checkFeed(StageTemplate stage, Port to, PortInput from, String at) {
        List<Port> gives = outputs(from);
        String wanted = from.port();
        if (from.source() && wanted == null && gives.size() > 1) {
            checkSource(stage, to, from.from(), gives, at);
            return;
        }
        if (gives.isEmpty()) {
            return;
        }
        if (wanted == null && gives.size() > 1) {
            if (!to.type().equals(Port.ANY)) {
                mismatches.add(new Violation(
                        at,
                        "the port '" + to.name() + "' of '" + stage.name() + "' takes " + to.type() + ", but '"
                                + from.from() + "' puts out an object of " + names(gives) + "; name one of them: "
                                + from.from() + "." + gives.get(0).name()));
            }
            return;
        }
        Optional<Port> out = gives.stream()
                .filter(port -> wanted == null || port.name().equals(wanted))
                .findFirst();
        if (out.isEmpty()) {
            unknown.add(new Violation(
                    at, "'" + from.from() + "' has no output port '" + wanted + "'; it has " + names(gives)));
        } else if (!out.get().fits(to)) {
            mismatches.add(new Violation(
                    at,
                    "the port '" + to.name() + "' of '" + stage.name() + "' takes " + to.type() + ", but '"
                            + from.from() + "' gives " + out.get().type()));
        }
    }

    /** What a source gives is one thing, the task's input, whatever its ports are called. */
    private void checkSource(StageTemplate stage, Port to, String source, List<Port> gives, String at) {
        if (gives.stream().noneMatch(out -> out.fits(to))) {
            mismatches.add(new Violation(
                    at,
                    "the port '" + to.name() + "' of '" + stage.name() + "' takes " + to.type() + ", but '" + source
                            + "' gives " + types(gives)));
        }
    }

    private Ports ports(String name) {
        return pipeline.stage(name).map(this::ports).orElse(Ports.NONE);
    }

    private Ports ports(StageTemplate stage) {
        return PipelineRules.stage(stage.type(), resolver)
                .map(resolved -> resolved.entry().definition().ports())
                .orElse(Ports.NONE);
    }

    private static String types(List<Port> ports) {
        return ports.stream().map(Port::type).distinct().collect(Collectors.joining(" or "));
    }

    private static String names(List<Port> ports) {
        return ports.stream().map(Port::name).collect(Collectors.joining(", "));
    }
}
