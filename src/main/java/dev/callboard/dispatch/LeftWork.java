package dev.callboard.dispatch;

import dev.callboard.dispatch.PreparedStage.Refused;
import dev.callboard.engine.Attempt;
import dev.callboard.engine.AttemptRules;
import dev.callboard.engine.Claims;
import dev.callboard.engine.TaskCommands;
import dev.callboard.engine.WorkMessages.End;
import dev.callboard.engine.WorkRepository;
import dev.callboard.engine.WorkRepository.Left;
import dev.callboard.engine.WorkRepository.StoredLease;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.StageResolver;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on, at the start of a server, with what an earlier one left to workers. Those that have leases may still be at work. A
 * stage that is not for workers any more goes on here: tasks keep the stages that they started with as long as the server runs.
 */
final class LeftWork {
    private static final Logger LOG = LoggerFactory.getLogger(LeftWork.class);

    private final Database database;
    private final WorkRepository repository = new WorkRepository();
    private final TaskCommands tasks;
    private final Claims claims;
    private final StageResolver resolver;
    private final Dispatcher dispatcher;
    private final WorkerTakes takes;
    private final WorkerLeases leases;
    private final EngineNews news;

    LeftWork(
            Database database,
            TaskCommands tasks,
            Claims claims,
            StageResolver resolver,
            Dispatcher dispatcher,
            WorkerTakes takes,
            WorkerLeases leases,
            EngineNews news) {
        this.database = database;
        this.tasks = tasks;
        this.claims = claims;
        this.resolver = resolver;
        this.dispatcher = dispatcher;
        this.takes = takes;
        this.leases = leases;
        this.news = news;
    }

    /**
     * Leaves to workers what is theirs.
     *
     * @param attempts all that an earlier server left
     * @return those that go on here
     */
    Future<List<Attempt>> resume(List<Attempt> attempts) {
        return database.read(transaction -> repository
                        .leases(transaction)
                        .compose(stored -> repository.left(transaction).map(left -> Map.entry(stored, left))))
                .compose(found -> resume(attempts, found.getKey(), found.getValue()));
    }

    private Future<List<Attempt>> resume(List<Attempt> attempts, List<StoredLease> stored, Map<String, Left> left) {
        List<Attempt> here = new ArrayList<>();
        List<Attempt> unwanted = new ArrayList<>();
        for (Attempt attempt : attempts) {
            Left work = left.get(attempt.id());
            if (work == null) {
                here.add(attempt);
            } else if (!work.leased() && !isForWorkers(work.stageType())) {
                here.add(attempt);
                unwanted.add(attempt);
            } else {
                dispatcher.stages().keep(attempt.taskId(), List.of(work.stageType()));
                dispatcher.queue().goOn(attempt);
            }
        }
        Map<String, Attempt> byId = attempts.stream().collect(Collectors.toMap(Attempt::id, Function.identity()));
        Future<Void> done = Future.succeededFuture();
        for (Attempt attempt : unwanted) {
            done = done.compose(before ->
                            tasks.decide(attempt.taskId(), draft -> AttemptRules.keepFromWorkers(draft, attempt)))
                    .mapEmpty();
        }
        for (StoredLease lease : stored) {
            Optional<Attempt> attempt = Optional.ofNullable(byId.get(lease.executionId()));
            if (attempt.isPresent()) {
                done = done.compose(before -> adopt(attempt.get(), lease));
            }
        }
        return done.map(adopted -> here);
    }

    private boolean isForWorkers(String stageType) {
        return resolver.resolve(stageType)
                .filter(found -> found.entry().definition().executor() == ExecutorType.WORKER)
                .isPresent();
    }

    private Future<Void> adopt(Attempt attempt, StoredLease stored) {
        return database.read(transaction -> claims.goOn(transaction, attempt)).map(claimed -> {
            claimed.flatMap(job -> takes.hold(job, stored)).ifPresent(lease -> {
                lease.kept = true;
                goOn(lease);
            });
            return null;
        });
    }

    private void goOn(LeasedAttempts.Lease lease) {
        try {
            takes.prepare(lease);
            news.workLeased(lease);
        } catch (Refused e) {
            leases.end(lease, e.failed(), End.DONE)
                    .onFailure(failure -> LOG.debug("{} ended otherwise", lease.id(), failure));
        }
    }
}
