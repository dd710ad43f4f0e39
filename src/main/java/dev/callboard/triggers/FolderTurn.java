package dev.callboard.triggers;

import dev.callboard.config.SourcesConfig;
import dev.callboard.pipelines.SourceConfig.Folder;
import dev.callboard.spi.BlobStore;
import dev.callboard.triggers.FolderWatch.Ready;
import dev.callboard.triggers.TaskStarter.Occasion;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks into the folder of a source and starts a task for each file that is new there. */
final class FolderTurn {
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(15);

    /** Tasks that are made at once: enough to fill the database's commits. */
    private static final int AT_ONCE = 8;

    private final Vertx vertx;
    private final SourcesConfig config;
    private final BlobStore blobs;
    private final TriggerRepository repository;
    private final TaskStarter starter;
    private final Clock clock;

    FolderTurn(
            Vertx vertx,
            SourcesConfig config,
            BlobStore blobs,
            TriggerRepository repository,
            TaskStarter starter,
            Clock clock) {
        this.vertx = vertx;
        this.config = config;
        this.blobs = blobs;
        this.repository = repository;
        this.starter = starter;
        this.clock = clock;
    }

    /**
     * Looks once. Never fails; what could not be done is said and tried again.
     *
     * @return how many files were taken
     */
    Future<Integer> take(Trigger trigger, Folder folder) {
        FolderWatch watch = watch(trigger, folder);
        Set<String> seen = Set.copyOf(trigger.seen);
        return vertx.executeBlocking(() -> watch.look(clock.instant()), false)
                .compose(look -> {
                    trigger.fault = look.fault().orElse(null);
                    List<Ready> fresh = look.files().stream()
                            .filter(file -> !seen.contains(file.key()))
                            .toList();
                    List<Ready> old = look.files().stream()
                            .filter(file -> folder.move() && seen.contains(file.key()))
                            .toList();
                    return putAway(old).compose(away -> inParts(trigger, folder, fresh));
                })
                .compose(
                        done -> {
                            trigger.notBefore = clock.instant().plus(LOOK_AGAIN);
                            return Future.succeededFuture(done);
                        },
                        failure -> {
                            trigger.notBefore = clock.instant().plus(TRY_AGAIN);
                            return repository
                                    .skipped(trigger.id(), TaskStarter.reason(failure))
                                    .map(0);
                        })
                .otherwise(0);
    }

    private FolderWatch watch(Trigger trigger, Folder folder) {
        FolderWatch watch = trigger.watch;
        if (watch == null || !watch.config().equals(folder)) {
            watch = new FolderWatch(folder, config, SETTLE);
            trigger.watch = watch;
        }
        return watch;
    }

    private Future<Void> putAway(List<Ready> files) {
        return files.isEmpty()
                ? Future.succeededFuture()
                : vertx.executeBlocking(
                        () -> {
                            for (Ready file : files) {
                                FolderWatch.putAway(file);
                            }
                            return null;
                        },
                        false);
    }

    private Future<Integer> inParts(Trigger trigger, Folder folder, List<Ready> files) {
        Future<Integer> done = Future.succeededFuture(0);
        for (int from = 0; from < files.size(); from += AT_ONCE) {
            List<Ready> part = files.subList(from, Math.min(files.size(), from + AT_ONCE));
            done = done.compose(before -> part(trigger, folder, part).map(taken -> before + taken));
        }
        return done;
    }

    /** All of them are tried, whatever becomes of one. */
    private Future<Integer> part(Trigger trigger, Folder folder, List<Ready> part) {
        List<Future<Boolean>> each = new ArrayList<>();
        // Somebody paused it meanwhile: the rest waits.
        if (!trigger.row().paused() && trigger.present()) {
            part.forEach(file -> each.add(fire(trigger, folder, file)));
        }
        return Future.join(each)
                .map(all -> (int) each.stream().filter(Future::result).count());
    }

    /** Whether it was taken. */
    private Future<Boolean> fire(Trigger trigger, Folder folder, Ready file) {
        return vertx.executeBlocking(() -> stored(file), false)
                .compose(blob -> blob.isEmpty()
                        ? Future.succeededFuture(false)
                        : starter.start(trigger, occasion(file, blob.get())).transform(made -> {
                            boolean before = made.failed() && Hooks.isRepeated(made.cause());
                            return made.succeeded() || before
                                    ? Future.succeededFuture(true)
                                    : Future.failedFuture(made.cause());
                        }))
                .compose(taken -> {
                    if (!taken) {
                        return Future.succeededFuture(false);
                    }
                    trigger.seen.add(file.key());
                    return (folder.move() ? putAway(List.of(file)) : Future.<Void>succeededFuture()).map(true);
                });
    }

    private Optional<String> stored(Ready file) throws IOException {
        return FolderWatch.store(file, blobs);
    }

    private static Occasion occasion(Ready file, String blob) {
        return new Occasion(
                file.name(), List.of(Map.of("blob", blob, "name", file.name())), null, null, null, file.key());
    }
}
