package dev.callboard.pipelines;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSchemas;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.json.Utf8;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Reads a pipeline from YAML (or JSON, which is YAML too) and says everything that is wrong with it, each with its place. */
public final class PipelineYaml {
    private final YamlDocument document;
    private final @Nullable Pipeline pipeline;
    private final @Nullable Pipeline draft;
    private final List<Fault> faults;
    private final List<Fault> warnings;
    private final DependsOnRule rule;

    private PipelineYaml(
            YamlDocument document,
            @Nullable Pipeline pipeline,
            @Nullable Pipeline draft,
            List<Fault> faults,
            List<Fault> warnings,
            DependsOnRule rule) {
        this.rule = rule;
        this.document = document;
        this.pipeline = pipeline;
        this.draft = draft;
        this.faults = List.copyOf(faults);
        this.warnings = List.copyOf(warnings);
    }

    /** Reads UTF-8; a text that is not has one fault. */
    public static PipelineYaml read(byte[] bytes) {
        return read(bytes, DependsOnRule.PREVIOUS);
    }

    /** As {@link #read(byte[])}, by another rule for stages that do not say what they depend on. */
    public static PipelineYaml read(byte[] bytes, DependsOnRule rule) {
        try {
            return read(Utf8.decode(bytes), rule);
        } catch (JsonSyntaxException e) {
            return unreadable("The text is not valid UTF-8, from line " + e.line() + " on.");
        }
    }

    /** Nothing but one fault. */
    static PipelineYaml unreadable(String detail) {
        return new PipelineYaml(
                YamlDocument.parse("{}"),
                null,
                null,
                List.of(new Fault("", 1, 1, detail)),
                List.of(),
                DependsOnRule.PREVIOUS);
    }

    /** Reads a text; what is wrong with it is among its faults. */
    public static PipelineYaml read(String text) {
        return read(text, DependsOnRule.PREVIOUS);
    }

    /** As {@link #read(String)}, by another rule for stages that do not say what they depend on. */
    public static PipelineYaml read(String text, DependsOnRule rule) {
        return read(YamlDocument.parse(text), rule);
    }

    /** Reads values that came as JSON; their faults have no lines. */
    public static PipelineYaml read(Map<?, ?> values) {
        return read(YamlDocument.of(values), DependsOnRule.PREVIOUS);
    }

    private static PipelineYaml read(YamlDocument document, DependsOnRule rule) {
        List<Fault> faults = new ArrayList<>(document.faults());
        PipelineReader.Result result = PipelineReader.read(document.root(), rule);
        if (document.root() != null) {
            result.violations().forEach(violation -> faults.add(document.at(violation)));
        }
        if (result.draft() != null) {
            schemaFaults(result.draft()).forEach(violation -> faults.add(document.at(violation)));
        }
        return new PipelineYaml(
                document,
                faults.isEmpty() ? result.pipeline() : null,
                document.faults().isEmpty() ? result.draft() : null,
                faults,
                result.warnings().stream().map(document::at).toList(),
                rule);
    }

    /** Output schemas that cannot be used. */
    public static List<Violation> schemaFaults(Pipeline pipeline) {
        return outputSchemas(pipeline, (schema, pointer) -> JsonSchemas.fault(schema).stream()
                .map(detail -> new Violation(pointer, detail))
                .toList());
    }

    /**
     * What is not as JSON Schema has it in output schemas. A file that was taken before this was checked is warned of it and
     * goes on being served; what is stored from now on is refused.
     */
    public static List<Violation> malformedSchemas(Pipeline pipeline) {
        return outputSchemas(pipeline, JsonSchemas::malformed);
    }

    private static List<Violation> outputSchemas(
            Pipeline pipeline, BiFunction<Map<String, @Nullable Object>, String, List<Violation>> check) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < pipeline.stages().size(); i++) {
            String pointer = "/stages/" + i + "/output_schema";
            Map<String, @Nullable Object> schema =
                    pipeline.stages().get(i).prompt().outputSchema();
            if (schema != null) {
                violations.addAll(check.apply(schema, pointer));
            }
        }
        return violations;
    }

    /** The pipeline, null when anything is wrong with its form. */
    @Nullable
    public Pipeline pipeline() {
        return pipeline;
    }

    /** What could be read all the same, to look for more faults; null when nothing could. */
    @Nullable
    Pipeline draft() {
        return draft;
    }

    /** What stages without {@code depends_on} were taken to mean. */
    DependsOnRule rule() {
        return rule;
    }

    /** What it should say in another way. */
    List<Fault> warnings() {
        return warnings;
    }

    /** As {@link #malformedSchemas(Pipeline)}, with the places in the text. */
    public List<Fault> malformedSchemas() {
        return draft == null
                ? List.of()
                : malformedSchemas(draft).stream().map(document::at).toList();
    }

    /** The values as they stand in the text. */
    @Nullable
    Object values() {
        return document.root();
    }

    /** Everything that is wrong with its form. */
    List<Fault> faults() {
        return faults;
    }

    /** A violation with its place in the text. */
    Fault at(Violation violation) {
        return document.at(violation);
    }

    /** JSON values as YAML for people; as JSON, which is YAML too, where YAML would read them as something else. */
    static String text(@Nullable Object values) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(110);
        for (String text : List.of(new Yaml(options).dump(values), Json.writePretty(values))) {
            PipelineYaml back = PipelineYaml.read(text);
            if (back.pipeline() != null && Json.write(values).equals(Json.write(back.values()))) {
                return text;
            }
        }
        throw ProblemException.invalid(
                "invalid_pipeline", "The pipeline has values that a YAML file cannot hold; send it as YAML.");
    }
}
