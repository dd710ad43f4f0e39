package dev.callboard.pipelines;

import dev.callboard.pipelines.SourceConfig.Given;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A named, versioned topology.
 *
 * @param name {@code [A-Za-z0-9][A-Za-z0-9._-]{0,63}}
 * @param version any word of the author's
 * @param description possibly empty
 * @param applicableSources inputs for which it is chosen when a task names no pipeline: media types ({@code
 *     application/pdf}, {@code text/*}), file suffixes ({@code .pdf}), input kinds ({@code text}, {@code files}) or {@code *}
 * @param metadata the author's own, JSON-shaped
 * @param plugins what the file says of plugins, JSON-shaped
 * @param policies by name, JSON-shaped
 * @param stages its stages, at least one, in the file's order
 * @param gates conditions on the ledger, by the order of the file
 * @param strict whether ports that do not fit are errors; else they are warnings
 * @param sources what can start it, in the file's order; none: files, a text or addresses that somebody gives
 * @param sinks where results go beside the task itself, in the file's order
 */
public record Pipeline(
        String name,
        String version,
        String description,
        List<String> applicableSources,
        Map<String, @Nullable Object> metadata,
        Map<String, @Nullable Object> plugins,
        Map<String, @Nullable Object> policies,
        List<StageTemplate> stages,
        List<Gate> gates,
        boolean strict,
        List<PipelineSource> sources,
        List<PipelineSink> sinks) {

    /** Copies. */
    public Pipeline {
        applicableSources = List.copyOf(applicableSources);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        plugins = Collections.unmodifiableMap(new LinkedHashMap<>(plugins));
        policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
        stages = List.copyOf(stages);
        gates = List.copyOf(gates);
        sources = List.copyOf(sources);
        sinks = List.copyOf(sinks);
    }

    /** The same with other stages. */
    public Pipeline withStages(List<StageTemplate> other) {
        return new Pipeline(
                name,
                version,
                description,
                applicableSources,
                metadata,
                plugins,
                policies,
                other,
                gates,
                strict,
                sources,
                sinks);
    }

    /** The stage of that name. */
    public Optional<StageTemplate> stage(String stageName) {
        return stages.stream().filter(stage -> stage.name().equals(stageName)).findFirst();
    }

    /** The names of its stages, in the file's order. */
    public List<String> stageNames() {
        return stages.stream().map(StageTemplate::name).toList();
    }

    /** The names of its sources. */
    public List<String> sourceNames() {
        return sources.stream().map(PipelineSource::name).toList();
    }

    /** What whoever starts a task may give it: anything, unless its sources say what. */
    public Set<Given> takes() {
        Set<Given> takes = sources.isEmpty() ? EnumSet.allOf(Given.class) : EnumSet.noneOf(Given.class);
        sources.stream()
                .map(PipelineSource::config)
                .filter(Given.class::isInstance)
                .map(Given.class::cast)
                .forEach(takes::add);
        return takes;
    }

    /** The order of its stages, by their names. */
    public StageOrder order() {
        return StageOrder.of(stages.stream().map(StageTemplate::node).toList());
    }

    /** Where a stage is in the file, from 0. */
    public int indexOf(StageTemplate stage) {
        return IntStream.range(0, stages.size())
                .filter(i -> stages.get(i).name().equals(stage.name()))
                .findFirst()
                .orElseThrow();
    }

    /**
     * A condition on the ledger that lets a task pass.
     *
     * @param name unique in the pipeline
     * @param resumeStage the stage that goes on when the condition holds, null when the gate's own followers do
     * @param definition all that the file says of it, JSON-shaped
     */
    public record Gate(String name, @Nullable String resumeStage, Map<String, @Nullable Object> definition) {
        /** Copies. */
        public Gate {
            definition = Collections.unmodifiableMap(new LinkedHashMap<>(definition));
        }
    }
}
