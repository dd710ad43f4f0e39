package dev.callboard.plugins;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.palette.RefusalClass;
import dev.callboard.palette.StageDefinition;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;

/** The JSON Schemas that the ports of a plugin's stages name: files of its jar, read without running any of its code. */
final class PortSchemas {
    /** Where they are in the jar, each named as the ports name it, with {@code .json} after it. */
    static final String FOLDER = "META-INF/callboard/schemas/";

    private static final int MAX_BYTES = 256 << 10;
    private static final int MOST = 64;

    private PortSchemas() {}

    /**
     * Reads all that are named.
     *
     * @return their texts, by name
     * @throws PluginRefused when one is not there or is not the JSON of a schema
     */
    static Map<String, String> read(JarFile jar, Iterable<StageDefinition> stages) throws IOException, PluginRefused {
        Set<String> names = new TreeSet<>();
        stages.forEach(stage -> names.addAll(stage.ports().schemas()));
        if (names.size() > MOST) {
            throw refused("Its ports name " + names.size() + " schemas; at most " + MOST + " are taken.");
        }
        Map<String, String> schemas = new TreeMap<>();
        for (String name : names) {
            schemas.put(name, read(jar, name));
        }
        return schemas;
    }

    private static String read(JarFile jar, String name) throws IOException, PluginRefused {
        String file = FOLDER + name + ".json";
        byte[] bytes = JarEntries.read(jar, file, MAX_BYTES);
        if (bytes == null) {
            throw refused("A port names the schema '" + name + "', and the jar has no " + file + ".");
        }
        try {
            if (Json.parse(bytes) instanceof Map<?, ?> schema) {
                return Json.write(schema);
            }
        } catch (JsonSyntaxException e) {
            throw refused("Its " + file + " cannot be read, line " + e.line() + ", column " + e.column() + ": "
                    + e.getMessage());
        }
        throw refused("Its " + file + " must be a JSON Schema, an object.");
    }

    private static PluginRefused refused(String reason) {
        return new PluginRefused(RefusalClass.DESCRIPTION, reason);
    }
}
