package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopsTest {
    private static final long PATIENCE_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3));
    private final ContextInternal asking = (ContextInternal) vertx.getOrCreateContext();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Optional<String> fault(long timeoutMs) throws Exception {
        Promise<Optional<String>> answer = Promise.promise();
        asking.runOnContext(ignored -> new EventLoops(vertx, timeoutMs).fault().onComplete(answer));
        Future<Optional<String>> future = answer.future();
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private List<EventExecutor> others() {
        List<EventExecutor> others = new ArrayList<>();
        for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
            if (loop != asking.nettyEventLoop()) {
                others.add(loop);
            }
        }
        return others;
    }

    @Test
    void allAnswer() throws Exception {
        assertThat(fault(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))).isEmpty();
    }

    @Test
    void oneThatIsStuckIsNamedUntilItAnswersAgain() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        others().get(0).execute(() -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(fault(300)).hasValueSatisfying(detail -> assertThat(detail)
                .matches("Event loop [1-3] has not answered for 300 ms\\."));
        released.countDown();
        assertThat(fault(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))).isEmpty();
    }

    @Test
    void oneThatHasEndedIsNamed() throws Exception {
        others().get(1).shutdownGracefully(0, 0, TimeUnit.SECONDS).await();
        assertThat(fault(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)))
                .hasValueSatisfying(detail -> assertThat(detail).contains("has ended"));
    }
}
