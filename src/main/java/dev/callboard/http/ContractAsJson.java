package dev.callboard.http;

import dev.callboard.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Writes what requests need of {@code openapi.yaml} ({@link RequestContract}) as JSON; run by the build. */
public final class ContractAsJson {
    /** Where it is among the classes. */
    static final String RESOURCE = "/META-INF/callboard/openapi.json";

    private ContractAsJson() {}

    /** Argument: the folder of the classes, which has the contract already. */
    public static void main(String[] arguments) throws IOException {
        Path classes = Path.of(arguments[0]);
        Path json = classes.resolve(RESOURCE.substring(1));
        Files.createDirectories(json.getParent());
        Files.writeString(
                json, Json.write(RequestContract.of(yaml(Files.readString(classes.resolve("openapi.yaml"))))));
    }

    static Map<?, ?> yaml(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }
}
