package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.Patience;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Platform threads run one attempt after the other, and each finds a thread like new. */
class ReusedThreadTest {
    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();
    private static final InheritableThreadLocal<String> INHERITABLE = new InheritableThreadLocal<>();

    private final StageThreads threads = new StageThreads(false, Duration.ofMinutes(10));
    private final ClassLoader loader = getClass().getClassLoader();

    /** What code finds on its thread. */
    private record Found(
            Thread thread,
            String name,
            ClassLoader loader,
            boolean interrupted,
            boolean local,
            int priority,
            boolean handler) {
        static Found here() {
            Thread thread = Thread.currentThread();
            return new Found(
                    thread,
                    thread.getName(),
                    thread.getContextClassLoader(),
                    thread.isInterrupted(),
                    LOCAL.get() != null || INHERITABLE.get() != null,
                    thread.getPriority(),
                    thread.getUncaughtExceptionHandler() != thread.getThreadGroup());
        }
    }

    private Found run(String name, ClassLoader of, Runnable code) {
        int before = threads.waiting();
        CompletableFuture<Found> found = new CompletableFuture<>();
        threads.start(name, of, () -> {
            found.complete(Found.here());
            code.run();
        });
        Found answer = get(found);
        await().until(() -> threads.waiting() >= Math.max(1, before));
        return answer;
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(Patience.SOON.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    @Test
    void oneThreadRunsOneAfterTheOtherUnderTheirNames() {
        INHERITABLE.set("of the starter");
        Found first = run("stage-a", loader, () -> {});
        INHERITABLE.remove();
        Found second = run("stage-b", loader, () -> {});
        assertThat(first.name()).isEqualTo("stage-a");
        assertThat(second.name()).isEqualTo("stage-b");
        assertThat(List.of(first.loader(), second.loader())).containsOnly(loader);
        assertThat(second.thread()).isSameAs(first.thread());
        assertThat(first.local()).isFalse();
        assertThat(threads.waiting()).isEqualTo(1);
        assertThat(first.thread().isDaemon()).isTrue();
        await().until(() -> first.thread().getName().equals(ReusedThread.IDLE_NAME));
    }

    @Test
    void nothingOfTheWorkBeforeIsLeft() {
        Found first = run("stage-a", loader, () -> {
            Thread thread = Thread.currentThread();
            LOCAL.set("left");
            INHERITABLE.set("left");
            thread.setName("another");
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            thread.setPriority(Thread.MIN_PRIORITY);
            thread.setUncaughtExceptionHandler((broken, failure) -> {});
            thread.interrupt();
        });
        Found second = run("stage-b", loader, () -> {});
        assertThat(second)
                .isEqualTo(new Found(first.thread(), "stage-b", loader, false, false, Thread.NORM_PRIORITY, false));
    }

    @Test
    void theCodeOfAnotherLoaderHasAThreadOfItsOwn() throws Exception {
        try (URLClassLoader other = new URLClassLoader(new URL[0])) {
            Found first = run("stage-a", loader, () -> {});
            Found second = run("stage-a", other, () -> {});
            await().until(() -> threads.waiting() == 2);
            assertThat(second.thread()).isNotSameAs(first.thread());
            assertThat(second.loader()).isSameAs(other);
            assertThat(run("stage-a", other, () -> {}).thread()).isSameAs(second.thread());
        }
    }

    @Test
    void oneThatDoesNotEndIsReplacedAndNeverUsedAgain() {
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Thread> stuck = new CompletableFuture<>();
        StageThreads.Started started = threads.start("stage-a", loader, () -> {
            stuck.complete(Thread.currentThread());
            awaitDeaf(end);
        });
        Thread first = get(stuck);
        started.interrupt();
        Found second = run("stage-b", loader, () -> {});
        assertThat(second.thread()).isNotSameAs(first);
        end.countDown();
        await().until(() -> !first.isAlive());
        assertThat(threads.waiting()).isEqualTo(1);
        assertThat(run("stage-c", loader, () -> {}).thread()).isSameAs(second.thread());
    }

    private static void awaitDeaf(CountDownLatch end) {
        boolean ended = false;
        while (!ended) {
            try {
                end.await();
                ended = true;
            } catch (InterruptedException e) {
                // That is what it does: it does not listen.
            }
        }
    }

    @Test
    void anInterruptReachesTheCodeHoweverEarlyItComes() {
        for (int round = 0; round < 50; round++) {
            run("stage-a", loader, () -> {});
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            StageThreads.Started started = threads.start("stage-b", loader, () -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.complete(true);
                }
            });
            started.interrupt();
            assertThat(get(interrupted)).isTrue();
        }
    }

    @Test
    void anInterruptThatComesAfterTheEndIsForNobody() {
        List<StageThreads.Started> started = new ArrayList<>();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        started.add(threads.start("stage-a", loader, () -> thread.complete(Thread.currentThread())));
        Thread kept = get(thread);
        await().until(() -> threads.waiting() == 1);
        started.forEach(StageThreads.Started::interrupt);
        // By code of the stage that kept its thread.
        kept.interrupt();
        Found next = run("stage-b", loader, () -> {});
        assertThat(next.thread()).isSameAs(kept);
        assertThat(next.interrupted()).isFalse();
    }

    @Test
    void codeThatThrowsEndsItsThreadAlone() {
        AtomicBoolean handled = new AtomicBoolean();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        threads.start("stage-a", loader, () -> {
            Thread.currentThread().setUncaughtExceptionHandler((broken, failure) -> handled.set(true));
            thread.complete(Thread.currentThread());
            throw new IllegalStateException("It broke.");
        });
        Thread broken = get(thread);
        await().until(() -> !broken.isAlive());
        assertThat(handled).isTrue();
        assertThat(threads.waiting()).isZero();
        assertThat(run("stage-b", loader, () -> {}).thread()).isNotSameAs(broken);
    }

    @Test
    void threadsWithoutWorkEnd() {
        StageThreads impatient = new StageThreads(false, Duration.ofMillis(1));
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        impatient.start("stage-a", loader, () -> thread.complete(Thread.currentThread()));
        Thread started = get(thread);
        await().until(() -> !started.isAlive());
        assertThat(impatient.waiting()).isZero();
    }

    @Test
    void threadsWithoutWorkKeepNoPluginLoaded() throws Exception {
        WeakReference<ClassLoader> unloaded = new WeakReference<>(runInALoaderOfItsOwn());
        await().until(() -> {
            System.gc();
            return unloaded.get() == null;
        });
    }

    private ClassLoader runInALoaderOfItsOwn() throws Exception {
        try (URLClassLoader plugin = new URLClassLoader(new URL[0])) {
            run("stage-a", plugin, () -> LOCAL.set(plugin.toString()));
            return plugin;
        }
    }
}
