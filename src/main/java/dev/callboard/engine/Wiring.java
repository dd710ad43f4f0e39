package dev.callboard.engine;

import dev.callboard.engine.Wire.FromSource;
import dev.callboard.engine.Wire.FromStage;
import dev.callboard.engine.Wire.Lacking;
import dev.callboard.palette.EntryType;
import dev.callboard.palette.Port;
import dev.callboard.palette.Ports;
import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.PortInput;
import dev.callboard.pipelines.SourcePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds what feeds the ports of a stage that says {@code inputs}, with the selection as it is.
 *
 * <p>A port is fed by the stage that it names. Where that one was left out, the nearest selected stage before it takes its place,
 * as everywhere, when something that it puts out fits the port: with several such stages the only one that fits; with none before
 * it the task's input, for a port that takes what sources give. Else the stage is told which port has nothing.
 */
record Wiring(TaskRecord task, StageResolver resolver) {

    /** What feeds each port of a stage, in the order of the pipeline; nothing for a stage that does not say. */
    List<Wire> of(Template template) {
        List<Wire> wires = new ArrayList<>();
        template.inputs().forEach((name, input) -> {
            Port port = ports(template).input(name).orElse(new Port(name, Port.ANY));
            wires.add(input.source() ? new FromSource(name) : stage(port, input));
        });
        return wires;
    }

    private Wire stage(Port port, PortInput input) {
        List<String> selected = task.order().keys();
        if (selected.contains(input.from())) {
            return named(port, input);
        }
        Template missing = task.template(input.from());
        List<Template> standIns = task.all().standIns(input.from(), selected).stream()
                .map(task::template)
                .toList();
        if (standIns.isEmpty()) {
            List<Port> given = SourcePorts.given(resolver);
            return given.isEmpty() || given.stream().anyMatch(each -> each.fits(port))
                    ? new FromSource(port.name())
                    : new Lacking(
                            port.name(),
                            "'" + missing.name()
                                    + "' was not selected, and nothing before it puts out anything of the type "
                                    + port.type());
        }
        List<Wire> fitting = standIns.stream()
                .flatMap(standIn -> fitting(port, standIn).stream())
                .toList();
        return fitting.size() == 1
                ? fitting.get(0)
                : new Lacking(
                        port.name(),
                        "'" + missing.name() + "' was not selected, and "
                                + standIns.stream()
                                        .map(standIn -> "'" + standIn.name() + "'")
                                        .collect(Collectors.joining(" and "))
                                + " before it "
                                + (standIns.size() == 1 ? "puts" : fitting.isEmpty() ? "put" : "both put")
                                + " out " + (fitting.isEmpty() ? "nothing of the type " : "something of the type ")
                                + port.type());
    }

    private Wire named(Port port, PortInput input) {
        Template from = task.template(input.from());
        String wanted = input.port();
        // What a stage with one output port puts out is that port's value.
        return from(port, from, wanted == null || ports(from).outputs().size() == 1 ? null : wanted);
    }

    /** What of another stage's output takes the place: all of it, or the one port that fits; nothing when none or several do. */
    private Optional<Wire> fitting(Port port, Template standIn) {
        List<Port> gives = ports(standIn).outputs();
        if (gives.size() < 2) {
            return gives.stream().allMatch(out -> out.fits(port))
                    ? Optional.of(from(port, standIn, null))
                    : Optional.empty();
        }
        if (port.type().equals(Port.ANY)) {
            return Optional.of(from(port, standIn, null));
        }
        List<Port> fitting = gives.stream().filter(out -> out.fits(port)).toList();
        return fitting.size() == 1
                ? Optional.of(from(port, standIn, fitting.get(0).name()))
                : Optional.empty();
    }

    private static Wire from(Port port, Template template, @Nullable String member) {
        return new FromStage(port.name(), template.id(), template.name(), member, null);
    }

    private Ports ports(Template template) {
        return resolver.resolve(template.type())
                .map(resolved -> resolved.entry().definition())
                .filter(definition -> definition.type() == EntryType.STAGE)
                .map(definition -> definition.ports())
                .orElse(Ports.NONE);
    }
}
