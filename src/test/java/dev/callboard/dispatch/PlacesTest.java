package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.LoadChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many stages run at once. */
class PlacesTest extends TaskServerFixture {
    @Test
    void onlySoManyStagesRunAtOnce() throws Exception {
        Semaphore goOn = new Semaphore(0);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        server.options = new ExecutionVerticle.Options(2, Duration.ofSeconds(30), Duration.ofMillis(200));
        server.stage("s", (context, input) -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    goOn.acquire();
                    running.decrementAndGet();
                    return 1;
                })
                .chain("p", "s")
                .start();
        List<LoadChanged> loads = new CopyOnWriteArrayList<>();
        server.bus.listen(ExecutionMessages.LOAD_CHANGED, loads::add);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(server.run("p").id());
        }
        await().until(() -> loads.contains(new LoadChanged(3, 2, 2, 0, null)));
        for (int left = 2; left >= 0; left--) {
            LoadChanged full = new LoadChanged(left, 2, 2, 0, null);
            loads.clear();
            goOn.release();
            await().until(() -> loads.contains(full));
        }
        goOn.release(2);
        ids.forEach(id -> server.until(id, "completed"));
        assertThat(most).hasValue(2);
    }

    @Test
    void aTaskThatHasHadItsPlaceForASecondLetsAnotherOneRunBeforeItsNextStage() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> ran = new CopyOnWriteArrayList<>();
        server.options = new ExecutionVerticle.Options(1, Duration.ofSeconds(30), Duration.ofMillis(200));
        server.stage("first", (context, input) -> {
                    ran.add("first");
                    goOn.await();
                    return 1;
                })
                .stage("second", (context, input) -> ran.add("second"))
                .stage("other", (context, input) -> ran.add("other"))
                .chain("long", "first", "second")
                .chain("short", "other")
                .start();
        String task = server.run("long").id();
        await().until(() -> ran.contains("first"));
        Instant begun = Instant.now();
        String waits = server.run("short").id();
        await().until(() -> Instant.now().isAfter(begun.plusMillis(1_100)));
        goOn.countDown();
        server.until(task, "completed");
        server.until(waits, "completed");
        assertThat(ran).containsExactly("first", "other", "second");
    }
}
