package dev.callboard.pipelines;

import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.SecretSource;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.PipelineMessages.ListVersions;
import dev.callboard.pipelines.PipelineMessages.PipelineRead;
import dev.callboard.pipelines.PipelineMessages.ReadPipeline;
import dev.callboard.pipelines.PipelineMessages.ServedPipeline;
import dev.callboard.pipelines.PipelineMessages.VersionView;
import dev.callboard.pipelines.PipelineMessages.VersionsReply;
import dev.callboard.pipelines.SourceConfig.Given;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pipelines that are served, seen together with the palette and the plugins as they are now. */
public final class Pipelines {
    private final PipelineStore store;
    private final StageResolver resolver;
    private final PluginCatalog plugins;
    private final PipelineFinding.Rules rules;
    private final UsablePipelines usable;

    /** Names the parts. */
    public Pipelines(
            PipelineStore store, StageResolver resolver, PluginCatalog plugins, SecretSource secrets, EndRules ends) {
        this.store = store;
        this.resolver = resolver;
        this.plugins = plugins;
        this.rules = new PipelineFinding.Rules(resolver, plugins, secrets, ends);
        this.usable = new UsablePipelines(resolver, plugins);
    }

    /** The palette entry of that id. */
    Optional<PaletteEntry> entry(String id) {
        return resolver.resolve(id).map(StageResolver.Resolved::entry);
    }

    /** The settings of a stage type. */
    List<Setting> settings(String stageType) {
        return resolver.settings(stageType);
    }

    /** Blocks: what is named by a class is looked for in the plugins' jars. */
    public List<ServedPipeline> all() {
        return store.files().stream().map(this::served).toList();
    }

    private ServedPipeline served(PipelineFile file) {
        return served(file, store.revision(file.name()));
    }

    private ServedPipeline served(PipelineFile file, long revision) {
        List<Violation> errors =
                new ArrayList<>(file.faults().stream().map(Fault::violation).toList());
        List<Violation> unavailable = new ArrayList<>();
        List<Violation> warnings = new ArrayList<>(file.warnings());
        Pipeline pipeline = file.pipeline();
        if (pipeline != null) {
            Stream.concat(rules.ofPart(pipeline).stream(), rules.ofWhole(pipeline).stream())
                    .forEach(each -> (switch (each.kind()) {
                                case ERROR -> errors;
                                case UNAVAILABLE -> unavailable;
                                case REFUSAL, WARNING -> warnings;
                            })
                            .add(each.violation()));
        }
        boolean lastGoodUsed = pipeline != null
                && !file.faults().isEmpty()
                && errors.size() == file.faults().size();
        return new ServedPipeline(file.name(), pipeline, errors, unavailable, warnings, revision, lastGoodUsed);
    }

    /** Fails with {@code unknown_pipeline}. Blocks. */
    public ServedPipeline get(String name) {
        return served(file(name));
    }

    private PipelineFile file(String name) {
        return store.find(name).orElseThrow(() -> unknownPipeline(name));
    }

    /** Where each value of a pipeline that is served comes from; nothing of one that cannot be read. Blocks. */
    List<ResolvedStage> resolved(ServedPipeline served) {
        Pipeline pipeline = served.pipeline();
        return pipeline == null ? List.of() : ResolvedStage.of(pipeline, resolver, plugins);
    }

    /** Fails with {@code unknown_pipeline} or {@code unknown_revision}. */
    public Future<PipelineRead> read(ReadPipeline ask) {
        Long revision = ask.revision();
        if (revision == null) {
            return known(ask.name())
                    .compose(looked -> store.blocking(() -> {
                        PipelineFile file = file(ask.name());
                        return read(file, served(file), ask.resolved());
                    }));
        }
        return store.version(ask.name(), revision)
                .compose(found -> store.blocking(() -> {
                    PipelineVersion version = found.filter(one -> !one.deleted())
                            .orElseThrow(() -> ProblemException.notFound(
                                    "unknown_revision",
                                    found.isPresent()
                                            ? "The pipeline '" + ask.name() + "' was removed with revision " + revision
                                                    + "."
                                            : "The pipeline '" + ask.name() + "' has no revision " + revision + "."));
                    PipelineFile file = PipelineFile.of(
                            version.fileName(),
                            PipelineYaml.read(version.text(), version.rule()),
                            version.text(),
                            null);
                    return read(file, served(file, revision), ask.resolved());
                }));
    }

    private PipelineRead read(PipelineFile file, ServedPipeline served, boolean resolved) {
        Pipeline pipeline = file.pipeline();
        return new PipelineRead(
                served,
                file.text(),
                pipeline == null ? null : PipelineYaml.read(file.text()).values(),
                resolved && pipeline != null ? ResolvedStage.of(pipeline, resolver, plugins) : null);
    }

    /** Fails with {@code unknown_pipeline} when there never was one of that name. */
    public Future<VersionsReply> versions(ListVersions ask) {
        Long before = ask.before();
        long below = before == null ? Long.MAX_VALUE : before;
        return store.versions(ask.name(), below, ask.limit() + 1).map(found -> {
            if (found.isEmpty() && before == null && store.find(ask.name()).isEmpty()) {
                throw unknownPipeline(ask.name());
            }
            boolean more = found.size() > ask.limit();
            List<VersionView> page = more ? found.subList(0, ask.limit()) : found;
            return new VersionsReply(page, more ? page.get(page.size() - 1).revision() : null);
        });
    }

    ProblemException unknownPipeline(String name) {
        return ProblemException.notFound("unknown_pipeline", unknown(name));
    }

    private String unknown(String name) {
        return PipelineFile.unknown(name, store.files());
    }

    private String known() {
        return PipelineFile.known(store.files());
    }

    /**
     * The pipeline of a new task or project: the named one, or the one that is most specific for the input, of several the first by name.
     * Its stages' config has what the section plugins gives. Fails with {@code unknown_pipeline}, {@code no_pipeline}, {@code
     * invalid_pipeline} or {@code pipeline_unavailable}.
     */
    public Future<Pipeline> choose(@Nullable String name, Set<Given> given, List<Map<String, Object>> input) {
        return name == null
                ? store.blocking(() -> usable(mostSpecific(given, input)
                        .orElseThrow(() -> ProblemException.invalid(
                                "no_pipeline", "No pipeline is for this input; name one: " + known()))))
                : known(name).compose(looked -> usable(name));
    }

    private Future<Pipeline> usable(String name) {
        return store.find(name)
                .map(file -> usable.find(file)
                        .map(Future::succeededFuture)
                        .orElseGet(() -> store.blocking(() -> usable(file))))
                .orElseGet(() -> Future.failedFuture(ProblemException.invalid(
                        "unknown_pipeline", unknown(name), List.of(new Violation("/pipeline", unknown(name))))));
    }

    /** A file that was written a moment ago need not have been seen: one that is not known is looked for. */
    private Future<Void> known(String name) {
        return store.find(name).isPresent() ? Future.succeededFuture() : store.queue(store::look);
    }

    private Pipeline usable(PipelineFile file) {
        return usable.make(file, () -> checked(file));
    }

    private Pipeline checked(PipelineFile file) {
        Pipeline pipeline = file.pipeline();
        // A file that is bad now may have a last good state that can be used; only what is wrong with that one counts.
        List<Violation> errors =
                served(pipeline == null ? file : file.asLastGood()).errors();
        if (pipeline == null || !errors.isEmpty()) {
            throw invalid(file.name(), errors);
        }
        List<Violation> missing = PipelineRules.missing(pipeline, plugins);
        if (!missing.isEmpty()) {
            throw ProblemException.illegalState(
                    "pipeline_unavailable",
                    "The pipeline '" + pipeline.name() + "' is not available: "
                            + missing.get(0).sentence());
        }
        return PluginSettings.applied(pipeline, resolver, plugins);
    }

    static ProblemException invalid(String name, List<Violation> errors) {
        Violation first = errors.get(0);
        return ProblemException.invalid(
                "invalid_pipeline",
                "The pipeline '" + name + "' cannot be used: "
                        + (first.pointer().isEmpty() ? "" : first.pointer() + " ") + first.sentence(),
                errors);
    }

    private Optional<PipelineFile> mostSpecific(Set<Given> given, List<Map<String, Object>> input) {
        Comparator<PipelineFile> byFit = Comparator.comparingInt(file -> fit(file, given, input));
        return store.files().stream()
                .filter(file -> fit(file, given, input) != SourceFit.NONE)
                .min(byFit.reversed().thenComparing(PipelineFile::name));
    }

    private static int fit(PipelineFile file, Set<Given> given, List<Map<String, Object>> input) {
        Pipeline pipeline = file.pipeline();
        return pipeline == null || !pipeline.takes().containsAll(given)
                ? SourceFit.NONE
                : SourceFit.of(pipeline, input);
    }

    /** What is wrong with a text. */
    public PipelineJudge judge() {
        return new PipelineJudge(rules);
    }
}
