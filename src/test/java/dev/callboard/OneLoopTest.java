package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Patience;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The parts of a server stop side by side, and one that does not keeps none of the others running. */
class OneLoopTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> stopped = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Deployable part(String name, Future<?> stop) {
        return new VerticleBase() {
            @Override
            public Future<?> stop() {
                return stop.onComplete(ended -> stopped.add(name));
            }
        };
    }

    private void stop(Duration patience, Deployable... parts) throws Exception {
        String id = vertx.deployVerticle(new OneLoop(List.of(parts), patience)).await();
        vertx.undeploy(id).toCompletionStage().toCompletableFuture().get(Patience.SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void onePartThatNeverStopsKeepsTheServerFromNothing() throws Exception {
        Future<Void> never = Promise.<Void>promise().future();
        stop(
                Duration.ofMillis(1),
                part("first", Future.succeededFuture()),
                part("stuck", never),
                part("last", later()));
        assertThat(stopped).contains("first").doesNotContain("stuck");
    }

    @Test
    void itsFailureDoesNot() throws Exception {
        stop(Patience.LONG, part("broken", Future.failedFuture("cannot stop")), part("last", later()));
        assertThat(stopped).containsExactlyInAnyOrder("broken", "last");
    }

    @Test
    void eachHasItsTime() throws Exception {
        stop(Patience.LONG, part("slow", later()));
        assertThat(stopped).containsExactly("slow");
    }

    /** Done by another turn of the loop. */
    private Future<Void> later() {
        return vertx.executeBlocking(() -> null);
    }
}
