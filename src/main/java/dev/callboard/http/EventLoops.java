package dev.callboard.http;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/** Asks the event loops, each of which answers for all that runs on it: one that has died or is stuck takes its parts along. */
final class EventLoops {
    private final Vertx vertx;
    private final long timeoutMs;

    /** @param timeoutMs how long each may take to answer */
    EventLoops(Vertx vertx, long timeoutMs) {
        this.vertx = vertx;
        this.timeoutMs = timeoutMs;
    }

    /** What is wrong with the first that does not answer in time; nothing when all do. Never fails. To be asked on one of them. */
    Future<Optional<String>> fault() {
        List<Promise<Optional<String>>> answers = new ArrayList<>();
        for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
            Promise<Optional<String>> answer = Promise.promise();
            answers.add(answer);
            String name = "Event loop " + answers.size();
            try {
                loop.execute(() -> answer.tryComplete(Optional.empty()));
            } catch (RejectedExecutionException e) {
                answer.tryComplete(Optional.of(name + " has ended; the server must be restarted."));
            }
        }
        long timer = vertx.setTimer(timeoutMs, id -> {
            for (int i = 0; i < answers.size(); i++) {
                answers.get(i)
                        .tryComplete(
                                Optional.of("Event loop " + (i + 1) + " has not answered for " + timeoutMs + " ms."));
            }
        });
        return Future.join(answers.stream().map(Promise::future).toList()).map(all -> {
            vertx.cancelTimer(timer);
            return answers.stream()
                    .map(answer -> answer.future().result())
                    .flatMap(Optional::stream)
                    .findFirst();
        });
    }
}
