package dev.callboard.pipelines;

import dev.callboard.pipelines.Pipeline.Gate;
import dev.callboard.problem.Fields;
import dev.callboard.problem.Names;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a pipeline from plain values and says everything that is wrong with its form. It does not know the palette. */
public final class PipelineReader {
    /** What a pipeline's name looks like. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** The most stages of a pipeline. */
    public static final int MAX_STAGES = 1_000;

    static final Pattern STAGE_NAME = Pattern.compile("[^\\p{Cntrl}" + Names.TURNING + "]{1,128}");
    private static final Pattern SOURCE = Pattern.compile("[^\\p{Cntrl}\\s]{1,128}");
    static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Set<String> PIPELINE_KEYS = Set.of(
            "name",
            "version",
            "description",
            "applicable_sources",
            "metadata",
            "plugins",
            "policies",
            "stages",
            "gates",
            "strict",
            "sources",
            "sinks",
            "layout");

    private final List<Violation> violations = new ArrayList<>();
    private final List<Violation> warnings = new ArrayList<>();
    private final DependsOnRule rule;

    private PipelineReader(DependsOnRule rule) {
        this.rule = rule;
    }

    /**
     * The outcome.
     *
     * @param pipeline null when anything is wrong
     * @param draft what could be read all the same, to look for more faults; null when its stages cannot be counted
     * @param violations everything that is wrong
     * @param warnings what is read but has a better form, such as deprecated keys
     */
    public record Result(
            @Nullable Pipeline pipeline,
            @Nullable Pipeline draft,
            List<Violation> violations,
            List<Violation> warnings) {
        /** Copies. */
        public Result {
            violations = List.copyOf(violations);
            warnings = List.copyOf(warnings);
        }
    }

    /** Reads JSON-shaped values by the rule of today. */
    public static Result read(@Nullable Object value) {
        return read(value, DependsOnRule.PREVIOUS);
    }

    /**
     * Reads JSON-shaped values.
     *
     * @param rule what stages mean that do not say {@code depends_on}
     */
    public static Result read(@Nullable Object value, DependsOnRule rule) {
        if (!(value instanceof Map<?, ?> map)) {
            Violation wrong = new Violation("", "must be an object with name and stages");
            return new Result(null, null, List.of(wrong), List.of());
        }
        DeprecatedKeys.Renamed renamed = DeprecatedKeys.rename(map);
        PipelineReader reader = new PipelineReader(rule);
        reader.warnings.addAll(renamed.warnings());
        reader.violations.addAll(renamed.violations());
        Pipeline draft = reader.pipeline(renamed.values());
        boolean counted = renamed.values().get("stages") instanceof List<?> stages
                && stages.size() == draft.stages().size();
        return new Result(
                reader.violations.isEmpty() ? draft : null, counted ? draft : null, reader.violations, reader.warnings);
    }

    private Pipeline pipeline(Map<?, ?> map) {
        Fields fields = new Fields(map, "", violations);
        knownKeys(fields, PIPELINE_KEYS);
        required(fields, "name");
        required(fields, "stages");
        Map<String, @Nullable Object> policies = object(fields, "policies");
        PolicyReader.check(fields, policies);
        List<Gate> gates = fields.objects("gates", MAX_STAGES, (gate, index) -> GateReader.read(gate));
        List<StageTemplate> stages = fields.objects(
                "stages", MAX_STAGES, (stage, index) -> StageTemplateReader.read(stage, index, policies.keySet()));
        if (fields.get("stages") instanceof List<?> none && none.isEmpty()) {
            fields.wrong("stages", "must have at least one stage");
        }
        checkNames(stages);
        checkDependencies(stages);
        List<PipelineSource> sources =
                fields.objects("sources", SourceReader.MAX_SOURCES, (source, index) -> SourceReader.read(source));
        List<PipelineSink> sinks =
                fields.objects("sinks", SinkReader.MAX_SINKS, (sink, index) -> SinkReader.read(sink));
        Ends.checkNames(stages, sources, sinks, violations);
        List<StageTemplate> followed = PortInputs.followed(
                stages, sources.stream().map(PipelineSource::name).toList(), violations);
        checkCircle(followed);
        Ends.checkLayout(fields);
        GateReader.Merged merged = GateReader.merge(gates, rule.applied(followed, warnings), policies, violations);
        Map<String, @Nullable Object> plugins = object(fields, "plugins");
        PluginNeed.read(plugins, violations);
        return new Pipeline(
                fields.word("name", "", NAME),
                version(fields),
                fields.text("description", "", 10_000),
                fields.words("applicable_sources", 100, SOURCE),
                object(fields, "metadata"),
                plugins,
                merged.policies(),
                merged.stages(),
                gates,
                fields.flag("strict"),
                sources,
                sinks);
    }

    private static String version(Fields fields) {
        Object version = fields.get("version");
        return version instanceof Number ? version.toString() : fields.word("version", "1", WORD);
    }

    private void checkNames(List<StageTemplate> stages) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < stages.size(); i++) {
            if (!stages.get(i).name().isEmpty() && !seen.add(stages.get(i).name())) {
                wrong(
                        "/stages/" + i + "/name",
                        "there is a stage '" + stages.get(i).name() + "' already");
            }
        }
    }

    private void checkDependencies(List<StageTemplate> stages) {
        Set<String> names =
                new HashSet<>(stages.stream().map(StageTemplate::name).toList());
        for (int i = 0; i < stages.size(); i++) {
            List<String> dependsOn = stages.get(i).dependsOn();
            for (int j = 0; j < dependsOn.size(); j++) {
                if (!names.contains(dependsOn.get(j))) {
                    wrong("/stages/" + i + "/depends_on/" + j, "there is no stage '" + dependsOn.get(j) + "'");
                }
            }
        }
    }

    private void checkCircle(List<StageTemplate> stages) {
        List<String> circle =
                StageOrder.cycle(stages.stream().map(StageTemplate::node).toList());
        if (!circle.isEmpty()) {
            wrong("/stages", "these stages depend on each other in a circle: " + String.join(", ", circle));
        }
    }

    private void wrong(String pointer, String detail) {
        violations.add(new Violation(pointer, detail));
    }

    static void required(Fields fields, String key) {
        if (!fields.has(key)) {
            fields.wrong(key, "is missing");
        }
    }

    static void knownKeys(Fields fields, Set<String> known) {
        for (Object key : fields.values().keySet()) {
            if (!known.contains(String.valueOf(key))) {
                fields.wrong(
                        String.valueOf(key),
                        "is not known here; known are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    static Map<String, @Nullable Object> object(Fields fields, String key) {
        Object value = fields.get(key);
        if (value instanceof Map<?, ?> map) {
            return plain(map);
        }
        if (value != null) {
            fields.wrong(key, "must be an object");
        }
        return Map.of();
    }

    static Map<String, @Nullable Object> plain(Map<?, ?> map) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        map.forEach((key, value) -> result.put(String.valueOf(key), value));
        return result;
    }
}
