package dev.callboard.pipelines;

import dev.callboard.bus.Caller;
import dev.callboard.palette.PromptRules;
import dev.callboard.pipelines.PipelineMessages.PipelineWritten;
import dev.callboard.pipelines.PipelineMessages.PutPipeline;
import dev.callboard.pipelines.PipelineMessages.RemovePipeline;
import dev.callboard.problem.FileFaults;
import dev.callboard.problem.Names;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes and removes pipelines' files. First the file, then the kept version; when the version cannot be kept, the file is put
 * back, so that a change is there whole or not at all.
 */
public final class PipelineEdits {
    /** How often a write starts over because somebody edits the same file by hand. */
    private static final int TRIES = 3;

    private final Vertx vertx;
    private final PipelineFolder folder;
    private final PipelineStore store;
    private final Pipelines pipelines;

    /** Names the parts. */
    public PipelineEdits(Vertx vertx, PipelineFolder folder, PipelineStore store, Pipelines pipelines) {
        this.vertx = vertx;
        this.folder = folder;
        this.store = store;
        this.pipelines = pipelines;
    }

    /** What is to be written. */
    private record Draft(String text, List<Violation> warnings, boolean fires) {}

    /** A file before a change; no bytes where there was none. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Before(byte @Nullable [] bytes, DependsOnRule rule) {}

    /** A change of a file. */
    @FunctionalInterface
    private interface FileChange {
        void make() throws IOException;
    }

    /**
     * Writes a pipeline. Fails with {@code invalid_pipeline} and everything that is wrong, {@code stale_revision}, {@code
     * pipeline_file_taken}, or a problem of the disk.
     */
    public Future<PipelineWritten> put(PutPipeline ask) {
        Caller caller = Caller.current();
        return vertx.executeBlocking(() -> draft(ask))
                .compose(draft -> store.queue(() -> put(ask, caller, draft, TRIES)));
    }

    private Future<PipelineWritten> put(PutPipeline ask, Caller caller, Draft draft, int tries) {
        return store.look().compose(looked -> {
            Optional<PipelineFile> before = store.find(ask.name());
            boolean fires = draft.fires() || before.filter(PipelineEdits::fires).isPresent();
            requireRevision(ask.name(), before, ask.ifRevision());
            String fileName = before.map(PipelineFile::fileName).orElse(ask.name() + ".yaml");
            if (before.isEmpty() && Names.isDevice(ask.name())) {
                throw Pipelines.invalid(
                        ask.name(),
                        List.of(new Violation(
                                "/name", "must be another one: Windows keeps '" + ask.name() + "' for a device")));
            }
            if (before.isPresent()
                    && before.get().good()
                    && before.get().rule() == DependsOnRule.PREVIOUS
                    && before.get().text().equals(draft.text())) {
                return Future.succeededFuture(
                        new PipelineWritten(ask.name(), store.revision(ask.name()), false, draft.warnings(), fires));
            }
            byte[] bytes = draft.text().getBytes(StandardCharsets.UTF_8);
            return change(new PipelineStore.Edit(fileName, caller, ask.mediaType()), () -> {
                        requireFree(fileName, before.isEmpty());
                        folder.write(fileName, bytes);
                    })
                    .map(changed -> new PipelineWritten(
                            ask.name(), store.revision(ask.name()), before.isEmpty(), draft.warnings(), fires))
                    .recover(failure -> failure instanceof PipelineFolder.OvertakenException && tries > 1
                            ? put(ask, caller, draft, tries - 1)
                            : Future.failedFuture(explained(failure)));
        });
    }

    private static boolean fires(PipelineFile file) {
        return file.pipeline() != null && fires(file.pipeline());
    }

    private static boolean fires(Pipeline pipeline) {
        return pipeline.sources().stream().anyMatch(source -> source.config().fires());
    }

    private void requireFree(String fileName, boolean isNew) {
        Optional<String> taken = isNew ? folder.like(fileName) : Optional.empty();
        if (taken.isPresent()) {
            throw ProblemException.duplicate(
                    "pipeline_file_taken",
                    "The file " + taken.get() + " is there already and upper and lower case are the same;"
                            + " choose another name, or rename that file.");
        }
    }

    /** Removes a pipeline. Fails with {@code unknown_pipeline}, {@code stale_revision}, or a problem of the disk. */
    public Future<PipelineWritten> remove(RemovePipeline ask) {
        Caller caller = Caller.current();
        return store.queue(() -> remove(ask, caller, TRIES));
    }

    private Future<PipelineWritten> remove(RemovePipeline ask, Caller caller, int tries) {
        return store.look().compose(looked -> {
            Optional<PipelineFile> before = store.find(ask.name());
            if (before.isEmpty()) {
                throw pipelines.unknownPipeline(ask.name());
            }
            requireRevision(ask.name(), before, ask.ifRevision());
            String fileName = before.get().fileName();
            PipelineStore.Edit edit = new PipelineStore.Edit(fileName, caller, PipelineVersion.YAML);
            return change(edit, () -> folder.remove(fileName))
                    .map(changed -> new PipelineWritten(
                            ask.name(), store.newestRevision(ask.name()), false, List.of(), fires(before.get())))
                    .recover(failure -> failure instanceof PipelineFolder.OvertakenException && tries > 1
                            ? remove(ask, caller, tries - 1)
                            : Future.failedFuture(explained(failure)));
        });
    }

    private Future<Void> change(PipelineStore.Edit edit, FileChange change) {
        return store.requireWritable(folder.path(edit.fileName()))
                .compose(writable -> blocking(() -> {
                    Before before = new Before(folder.bytes(edit.fileName()), folder.rule(edit.fileName()));
                    change.make();
                    return before;
                }))
                .compose(before -> store.look(edit).recover(failure -> blocking(() -> {
                            folder.putBack(edit.fileName(), before.bytes(), before.rule());
                            return folder.look();
                        })
                        .transform(putBack -> Future.failedFuture(failure))));
    }

    private <T> Future<T> blocking(Callable<T> work) {
        return vertx.executeBlocking(work);
    }

    private void requireRevision(String name, Optional<PipelineFile> before, @Nullable Long expected) {
        long actual = before.isPresent() ? store.revision(name) : 0;
        if (expected != null && expected != actual) {
            throw ProblemException.staleRevision("The pipeline '" + name + "'", expected, actual);
        }
    }

    private static Throwable explained(Throwable failure) {
        if (!(failure instanceof IOException)) {
            return failure;
        }
        return FileFaults.isDiskFull(failure)
                ? ProblemException.storageFull(
                        "The disk is full: the pipeline was not stored and is as it was. Free some space and try again.")
                : ProblemException.unavailable(
                        "not_stored",
                        "The pipeline could not be stored and is as it was: " + FileFaults.reason(failure) + ".");
    }

    private Draft draft(PutPipeline ask) {
        if (!(ask.definition() instanceof Map<?, ?> body)) {
            return draft(ask.name(), yaml(ask.definition()), String.valueOf(ask.definition()), pointer -> pointer);
        }
        GivenPipeline given = GivenPipeline.read(ask.name(), body, pipelines::entry);
        return draft(ask.name(), PipelineYaml.read(given.definition()), null, given::pointer);
    }

    /**
     * Checks what is to be written.
     *
     * @param text as it came, null for values that get one
     * @param pointers where in the body that is what a pointer into the pipeline means
     */
    private Draft draft(String name, PipelineYaml yaml, @Nullable String text, UnaryOperator<String> pointers) {
        List<Violation> violations = new ArrayList<>();
        if (!PipelineReader.NAME.matcher(name).matches()) {
            violations.add(new Violation("/name", "must match " + PipelineReader.NAME.pattern()));
        }
        PipelineJudge.Judged judged = pipelines.judge().judge(yaml);
        judged.errors().forEach(fault -> violations.add(fault.violation()));
        judged.refusals().forEach(fault -> violations.add(fault.violation()));
        textFaults(yaml).forEach(violation -> violations.add(yaml.at(violation).violation()));
        if (yaml.draft() != null
                && !yaml.draft().name().isEmpty()
                && !yaml.draft().name().equals(name)) {
            violations.add(yaml.at(new Violation("/name", "must be '" + name + "', as in the address"))
                    .violation());
        }
        if (!violations.isEmpty()) {
            throw Pipelines.invalid(name, moved(violations, pointers));
        }
        return new Draft(
                text == null ? PipelineYaml.text(yaml.values()) : text,
                moved(judged.warnings().stream().map(Fault::violation).toList(), pointers),
                yaml.draft() != null && fires(yaml.draft()));
    }

    private static List<Violation> moved(List<Violation> violations, UnaryOperator<String> pointers) {
        return violations.stream()
                .map(each -> new Violation(pointers.apply(each.pointer()), each.detail()))
                .toList();
    }

    /** Files that were written before are not held to this. */
    private List<Violation> textFaults(PipelineYaml yaml) {
        List<Violation> faults = new ArrayList<>();
        List<StageTemplate> stages =
                yaml.draft() == null ? List.of() : yaml.draft().stages();
        for (int i = 0; i < stages.size(); i++) {
            String name = stages.get(i).name();
            String at = "/stages/" + i + "/name";
            if (!name.isEmpty()) {
                Names.titleFault(name).ifPresent(detail -> faults.add(new Violation(at, detail)));
            }
            String template = stages.get(i).prompt().template();
            if (template != null) {
                faults.addAll(PromptRules.check(
                        template, pipelines.settings(stages.get(i).type()), "/stages/" + i + "/prompt_template"));
            }
        }
        return faults;
    }

    private static PipelineYaml yaml(@Nullable Object definition) {
        return definition instanceof String text
                ? PipelineYaml.read(text)
                : PipelineYaml.unreadable("A pipeline must be an object with name and stages.");
    }
}
