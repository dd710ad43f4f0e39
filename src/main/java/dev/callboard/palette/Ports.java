package dev.callboard.palette;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ports of a palette entry.
 *
 * @param inputs what it takes, in order
 * @param outputs what it gives, in order
 */
public record Ports(List<Port> inputs, List<Port> outputs) {
    /** No ports at all. */
    public static final Ports NONE = new Ports(List.of(), List.of());

    /** Copies. */
    public Ports {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The names of all schemas that they name, each once. */
    public Set<String> schemas() {
        return Stream.concat(inputs.stream(), outputs.stream())
                .flatMap(port -> port.schema().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The input of that name. */
    public Optional<Port> input(String name) {
        return inputs.stream().filter(port -> port.name().equals(name)).findFirst();
    }

    /** The output of that name. */
    public Optional<Port> output(String name) {
        return outputs.stream().filter(port -> port.name().equals(name)).findFirst();
    }
}
