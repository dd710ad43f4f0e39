package dev.callboard.palette;

import dev.callboard.spi.Forms;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A named, typed input or output of a stage.
 *
 * @param name unique among the stage's inputs or outputs
 * @param type of the form {@link dev.callboard.spi.Forms#PORT_TYPE}; {@value #ANY} fits every type
 * @param extra members of the author's that Callboard keeps and does not read
 */
public record Port(String name, String type, Map<String, @Nullable Object> extra) {
    /** The type that fits every type. */
    public static final String ANY = "any";

    /** The members that are read. */
    static final List<String> KNOWN = List.of("name", "type");

    /** Copies. */
    public Port {
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /** One of which nothing more is said. */
    public Port(String name, String type) {
        this(name, type, Map.of());
    }

    /** The name of the JSON Schema of its values, which the jar of its plugin has; nothing where the port names none. */
    public Optional<String> schema() {
        return extra.get("schema") instanceof String name
                        && Forms.PORT_TYPE.matcher(name).matches()
                ? Optional.of(name)
                : Optional.empty();
    }

    /** Whether a value of this port may flow into the other. */
    public boolean fits(Port other) {
        return type.equals(other.type) || type.equals(ANY) || other.type.equals(ANY);
    }
}
