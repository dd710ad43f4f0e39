package dev.callboard.pipelines;

import dev.callboard.palette.EntryType;
import dev.callboard.palette.Port;
import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.SourceConfig.Given;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What sources of pipelines give, as the palette says it. */
public final class SourcePorts {
    private SourcePorts() {}

    /**
     * What can start a pipeline gives: its sources, or where it names none what whoever starts a task may give.
     *
     * @return empty when that is not known of one of them
     */
    public static List<Port> of(Pipeline pipeline, StageResolver resolver) {
        if (pipeline.sources().isEmpty()) {
            return given(resolver);
        }
        List<Port> all = new ArrayList<>();
        for (PipelineSource source : pipeline.sources()) {
            List<Port> ports = ports(source.type(), resolver);
            if (ports.isEmpty()) {
                return List.of();
            }
            all.addAll(ports);
        }
        return all;
    }

    /** What whoever starts a task may give. */
    public static List<Port> given(StageResolver resolver) {
        return Arrays.stream(Given.values())
                .flatMap(given -> ports(given.type(), resolver).stream())
                .toList();
    }

    /** What one source of a pipeline gives; empty when that is not known. */
    static List<Port> of(Pipeline pipeline, String name, StageResolver resolver) {
        return pipeline.sources().stream()
                .filter(source -> source.name().equals(name))
                .flatMap(source -> ports(source.type(), resolver).stream())
                .toList();
    }

    private static List<Port> ports(String type, StageResolver resolver) {
        return resolver.resolve(type)
                .map(resolved -> resolved.entry().definition())
                .filter(definition -> definition.type() == EntryType.SOURCE)
                .map(definition -> definition.ports().outputs())
                .orElse(List.of());
    }
}
