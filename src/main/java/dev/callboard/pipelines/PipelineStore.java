package dev.callboard.pipelines;

import dev.callboard.audit.AuditEntry;
import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Caller;
import dev.callboard.pipelines.PipelineMessages.VersionView;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pipelines that are served, each at a revision. What the folder has is kept as a version before it is served; a file
 * that is bad, also at the start, leaves its newest kept version served. Looks and writes go one after the other.
 */
public final class PipelineStore {
    private final Vertx vertx;
    private final Database database;
    private final PipelineFolder folder;
    private final AuditRepository audit;
    private final Clock clock;
    private final PipelineVersionRepository repository = new PipelineVersionRepository();
    private final Map<String, PipelineVersion> newest = new ConcurrentHashMap<>();
    private Future<?> last = Future.succeededFuture();
    private List<PipelineFile> seen = List.of();
    private volatile List<PipelineFile> files = List.of();
    private Runnable changed = () -> {};

    /** Reads nothing before it is started. */
    public PipelineStore(Vertx vertx, Database database, PipelineFolder folder, AuditRepository audit, Clock clock) {
        this.vertx = vertx;
        this.database = database;
        this.folder = folder;
        this.audit = audit;
        this.clock = clock;
    }

    /** Reads what is kept, then the folder. */
    public Future<Void> start() {
        return queue(() -> vertx.<Void>executeBlocking(() -> {
                    folder.removeLeftovers();
                    return null;
                })
                .compose(ignored -> database.read(repository::newest))
                .compose(found -> {
                    newest.putAll(found);
                    found.values().stream()
                            .filter(version -> !version.deleted())
                            .forEach(version -> folder.rule(version.fileName(), version.rule()));
                    return look();
                }));
    }

    /** Names who is notified, on the event loop, that other files are served than before. */
    public void onChange(Runnable listener) {
        changed = listener;
    }

    /** Fails when a change could not be stored: then the pipeline's file, which is written first, stays as it is. */
    Future<Void> requireWritable(Path file) {
        return database.requireWritable(file);
    }

    /** What is served now, by name. */
    public List<PipelineFile> files() {
        return files;
    }

    Optional<PipelineFile> find(String name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst();
    }

    /** The revision of what is served, 0 when it never was good. */
    long revision(String name) {
        PipelineVersion version = newest.get(name);
        return version == null || version.deleted() ? 0 : version.revision();
    }

    /** Does something when nothing else is being done. */
    public <T> Future<T> queue(Supplier<Future<T>> work) {
        Future<T> next = last.transform(before -> work.get());
        last = next;
        return next;
    }

    /** Does something that takes a while, beside other such work. */
    <T> Future<T> blocking(Callable<T> work) {
        return vertx.executeBlocking(work, false);
    }

    /** Reads what changed in the folder, all by hand; only within {@link #queue}. */
    public Future<Void> look() {
        return look(null);
    }

    /**
     * Reads what changed in the folder, and serves it once what is new is kept; only within {@link #queue}.
     *
     * @param edit the request that changed one of the files, null when all was done by hand
     */
    public Future<Void> look(@Nullable Edit edit) {
        return vertx.executeBlocking(folder::look).compose(found -> {
            if (found == seen) {
                return Future.succeededFuture();
            }
            return vertx.executeBlocking(() -> adopted(found))
                    .compose(all -> keep(all, edit))
                    .onSuccess(kept -> seen = found);
        });
    }

    /** Files that were never good since the start, with what was kept of them before. */
    private List<PipelineFile> adopted(List<PipelineFile> found) {
        List<PipelineFile> all = new ArrayList<>();
        Set<String> names = found.stream().map(PipelineFile::name).collect(Collectors.toSet());
        for (PipelineFile file : found) {
            Optional<PipelineVersion> before = newest.values().stream()
                    .filter(version -> !version.deleted() && version.fileName().equals(file.fileName()))
                    .filter(version -> version.name().equals(file.name()) || !names.contains(version.name()))
                    .findFirst();
            all.add(file.pipeline() == null && before.isPresent() ? restored(file, before.get()) : file);
        }
        return List.copyOf(all);
    }

    private static PipelineFile restored(PipelineFile file, PipelineVersion before) {
        PipelineYaml yaml = PipelineYaml.read(before.text(), before.rule());
        PipelineFile good = PipelineFile.of(file.fileName(), yaml, before.text(), null);
        return good.good() ? PipelineFile.bad(file.fileName(), good, file.text(), file.faults()) : file;
    }

    /**
     * A request that wrote or removed a file.
     *
     * @param fileName the file; what else is new in the folder was done by hand
     */
    record Edit(String fileName, Caller caller, String mediaType) {
        boolean isOf(String file) {
            return fileName.equals(file);
        }
    }

    private Future<Void> keep(List<PipelineFile> all, @Nullable Edit edit) {
        List<PipelineVersion> stored = new ArrayList<>();
        List<AuditEntry> auditEntries = new ArrayList<>();
        Instant now = clock.instant();
        for (PipelineFile file : all) {
            PipelineVersion before = newest.get(file.name());
            Pipeline pipeline = file.pipeline();
            if (file.good()
                    && pipeline != null
                    && (before == null || !before.is(file.hash()) || before.rule() != file.rule())) {
                stored.add(version(file.name(), file.fileName(), edit, file, now));
                auditEntries.addAll(audited(caller(file.fileName(), edit), before, file, pipeline, now));
            }
        }
        Set<String> names = all.stream().map(PipelineFile::name).collect(Collectors.toSet());
        for (PipelineVersion before : newest.values()) {
            if (!before.deleted() && !names.contains(before.name())) {
                stored.add(version(before.name(), before.fileName(), edit, null, now));
                auditEntries.add(PipelineAudit.removed(caller(before.fileName(), edit), before.name(), now));
            }
        }
        Future<Void> kept = stored.isEmpty()
                ? Future.succeededFuture()
                : database.write(transaction -> repository
                        .insert(transaction, stored)
                        .compose(inserted -> audit.add(transaction, auditEntries)));
        return kept.onSuccess(ignored -> {
            stored.forEach(version -> newest.put(version.name(), version));
            files = all;
            changed.run();
        });
    }

    private List<AuditEntry> audited(
            Caller caller, @Nullable PipelineVersion before, PipelineFile file, Pipeline pipeline, Instant now) {
        if (before == null || before.deleted()) {
            return List.of(PipelineAudit.added(caller, file.name(), pipeline, file.hash(), now));
        }
        // Of what was served before the start only the text is kept.
        Optional<Pipeline> old = find(file.name())
                .map(PipelineFile::pipeline)
                .or(() -> Optional.ofNullable(PipelineYaml.read(before.text()).pipeline()));
        return PipelineAudit.changed(caller, file.name(), old, pipeline, file.hash(), now);
    }

    private Caller caller(String fileName, @Nullable Edit edit) {
        return edit != null && edit.isOf(fileName) ? edit.caller() : Caller.file(folder.path(fileName));
    }

    /** @param file the new state, null when the pipeline is gone */
    private PipelineVersion version(
            String name, String fileName, @Nullable Edit edit, @Nullable PipelineFile file, Instant now) {
        PipelineVersion before = newest.get(name);
        Pipeline pipeline = file == null ? null : file.pipeline();
        Edit asked = edit != null && edit.isOf(fileName) ? edit : null;
        VersionView view = new VersionView(
                name,
                before == null ? 1 : before.revision() + 1,
                pipeline == null ? "" : pipeline.version(),
                file == null ? "" : file.hash(),
                asked == null ? PipelineVersion.YAML : asked.mediaType(),
                file == null,
                asked == null ? "file" : "api",
                asked == null ? null : asked.caller().name(),
                now);
        return new PipelineVersion(
                view, file == null ? "" : file.text(), fileName, file == null ? DependsOnRule.PREVIOUS : file.rule());
    }

    /** The newest revision of a name that was used, also by a removal. */
    long newestRevision(String name) {
        PipelineVersion version = newest.get(name);
        return version == null ? 0 : version.revision();
    }

    Future<List<VersionView>> versions(String name, long below, int limit) {
        return database.read(transaction -> repository.list(transaction, name, below, limit));
    }

    Future<Optional<PipelineVersion>> version(String name, long revision) {
        return database.read(transaction -> repository.get(transaction, name, revision));
    }
}
