package dev.callboard.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real errors, in processes with little memory: whichever thread they meet, the process ends at once and says why. */
class OutOfMemoryTest {
    @ParameterizedTest
    @ValueSource(strings = {"thread", "event-loop", "context", "worker"})
    void theProcessEndsWithCode3(String where) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Filler.class.getName(),
                        where)
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said).isEqualTo(OutOfMemory.EXIT_CODE);
            assertThat(said).contains("has run out of memory and ends");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void whatIsThrownForOtherReasonsIsNotMemory() {
        assertThat(OutOfMemory.ranOut(new OutOfMemoryError("pretended"))).isFalse();
        assertThat(OutOfMemory.ranOut(new OutOfMemoryError("unable to create native thread")))
                .isFalse();
        assertThat(OutOfMemory.ranOut(new IllegalStateException("Java heap space")))
                .isFalse();
        assertThat(OutOfMemory.ranOut(new StackOverflowError())).isFalse();
        assertThat(OutOfMemory.ranOut(null)).isFalse();
        assertThat(OutOfMemory.ranOut(new RuntimeException("odd") {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public synchronized Throwable getCause() {
                        throw new IllegalStateException("no cause");
                    }
                }))
                .isFalse();
    }

    @Test
    void memoryIsFoundBehindOtherFailures() {
        OutOfMemoryError real = new OutOfMemoryError("Java heap space");
        assertThat(OutOfMemory.ranOut(real)).isTrue();
        assertThat(OutOfMemory.ranOut(new IllegalStateException(new RuntimeException(real))))
                .isTrue();
        assertThat(OutOfMemory.ranOut(
                        new OutOfMemoryError("Cannot reserve 8192 bytes of direct buffer memory (allocated: 1)")))
                .isTrue();
        // Nothing happens before a process says that it is to end so.
        OutOfMemory.check(real);
    }

    /** The process that fills its memory. */
    static final class Filler {
        private static final List<long[]> KEPT = new ArrayList<>();

        private Filler() {}

        @SuppressWarnings("InfiniteLoopStatement")
        private static void fill() {
            while (true) {
                KEPT.add(new long[100_000]);
            }
        }

        public static void main(String[] arguments) throws InterruptedException {
            OutOfMemory.endsTheProcess(OutOfMemory.EXIT_CODE);
            Vertx vertx = Vertx.vertx();
            vertx.exceptionHandler(OutOfMemory::uncaught);
            switch (arguments[0]) {
                case "thread" -> new Thread(Filler::fill).start();
                case "event-loop" -> vertx.runOnContext(ignored -> fill());
                case "context" -> vertx.setTimer(1, ignored -> fill());
                default ->
                    vertx.<Void>executeBlocking(() -> {
                                fill();
                                return null;
                            })
                            .onFailure(OutOfMemory::uncaught);
            }
            new CountDownLatch(1).await();
        }
    }
}
