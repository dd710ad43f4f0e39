package dev.callboard.workers;

import dev.callboard.bus.Bus;
import dev.callboard.engine.WorkMessages;
import dev.callboard.engine.WorkMessages.FindWork;
import dev.callboard.engine.WorkMessages.TakenWork;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.StageResolver;
import dev.callboard.problem.ProblemException;
import dev.callboard.workers.WorkersMessages.AwaitWork;
import dev.callboard.workers.WorkersMessages.Noted;
import dev.callboard.workers.WorkersMessages.WorkersReply;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;

/**
 * Knows which workers are there and lets them wait for work. It stores nothing: workers come back by themselves, and their work
 * is the engine's. To be deployed before the engine, which says at its start who has work.
 */
public final class WorkersVerticle extends VerticleBase {
    /** How often it is seen who is gone, in milliseconds. */
    private static final long LOOK_EVERY_MS = 1_000;

    private final Bus bus;
    private final StageResolver resolver;
    private final Clock clock;
    private final PresentWorkers present = new PresentWorkers();

    /**
     * Names the parts.
     *
     * @param resolver knows which stage types are for workers
     */
    public WorkersVerticle(Bus bus, StageResolver resolver, Clock clock) {
        this.bus = bus;
        this.resolver = resolver;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        WaitingTakes takes = new WaitingTakes(vertx, bus);
        bus.answer(WorkersMessages.TAKE, ask -> take(takes, ask));
        bus.answer(WorkersMessages.ABANDON, ask -> {
            takes.abandon(ask.id());
            return noted();
        });
        bus.answer(WorkersMessages.OFFER, ask -> requireForWorkers(ask.types()).compose(checked -> {
            present.offers(ask.connection(), ask.worker(), ask.types());
            return noted();
        }));
        bus.answer(WorkersMessages.CLOSE, ask -> {
            present.closed(ask.connection());
            return noted();
        });
        bus.answer(WorkersMessages.LIST, ask -> Future.succeededFuture(new WorkersReply(present.all())));
        bus.listen(WorkMessages.WAITING, takes::came);
        bus.listen(WorkMessages.LEASED, work -> {
            present.leased(work.executionId(), work.stageType(), work.worker());
            show();
        });
        bus.listen(WorkMessages.ENDED, work -> {
            present.ended(work.executionId());
            show();
        });
        vertx.setPeriodic(LOOK_EVERY_MS, timer -> {
            takes.all().filter(AwaitWork::polls).forEach(this::polls);
            show();
        });
        return Future.succeededFuture();
    }

    private Future<TakenWork> take(WaitingTakes takes, AwaitWork ask) {
        return requireForWorkers(ask.types()).compose(checked -> {
            if (ask.polls()) {
                polls(ask);
                show();
            }
            return takes.take(ask);
        });
    }

    private void polls(AwaitWork ask) {
        present.polls(ask.worker(), ask.types(), clock.instant());
    }

    private Future<Noted> noted() {
        show();
        return Future.succeededFuture(new Noted());
    }

    private void show() {
        present.changes(clock.instant()).ifPresent(changes -> bus.publish(WorkersMessages.CHANGED, changes));
    }

    /**
     * Nobody may take the work of stages that the server does itself, or learn which there are. A task keeps the stages that it
     * started with, so that work may be left of one that is not for workers any more.
     */
    private Future<Void> requireForWorkers(List<String> types) {
        List<String> others = types.stream()
                .filter(type -> resolver.resolve(type)
                        .filter(found -> found.entry().definition().executor() == ExecutorType.WORKER)
                        .isEmpty())
                .distinct()
                .toList();
        return others.isEmpty()
                ? Future.succeededFuture()
                : bus.ask(WorkMessages.FIND, new FindWork(others)).map(found -> {
                    others.stream()
                            .filter(type -> !found.types().contains(type))
                            .findFirst()
                            .ifPresent(type -> {
                                throw ProblemException.forbidden(
                                        "not_a_worker_stage",
                                        "There is no stage '" + type
                                                + "' for workers: offer ids of stages with the executor 'worker'.");
                            });
                    return null;
                });
    }
}
