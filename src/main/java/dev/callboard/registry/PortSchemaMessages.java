package dev.callboard.registry;

import dev.callboard.bus.Address;

/** What the registry answers about the values of ports. */
public final class PortSchemaMessages {
    /** Reads a schema that a port of a palette entry names. */
    public static final Address<GetPortSchema, PortSchemaReply> GET =
            new Address<>("registry.port-schema.get", GetPortSchema.class, PortSchemaReply.class);

    private PortSchemaMessages() {}

    /**
     * Asks for a schema.
     *
     * @param stage a palette entry's id
     * @param name as a port of it names the schema
     */
    public record GetPortSchema(String stage, String name) {}

    /** The JSON Schema, as text. */
    public record PortSchemaReply(String text) {}
}
