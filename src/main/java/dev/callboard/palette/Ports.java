package dev.callboard.palette;

import java.util.List;
import java.util.Optional;

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

    /** The input of that name. */
    public Optional<Port> input(String name) {
        return inputs.stream().filter(port -> port.name().equals(name)).findFirst();
    }

    /** The output of that name. */
    public Optional<Port> output(String name) {
        return outputs.stream().filter(port -> port.name().equals(name)).findFirst();
    }
}
