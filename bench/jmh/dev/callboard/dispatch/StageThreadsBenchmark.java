package dev.callboard.dispatch;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A thread for an attempt: a new one each time, and one that is used again. Each iteration says what a start cost the process in
 * CPU, user and system, which is what a server pays; the time has the waking of the benchmark's thread in it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class StageThreadsBenchmark {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final StageThreads threads = new StageThreads(false, Duration.ofSeconds(10));
    private final ClassLoader loader = StageThreadsBenchmark.class.getClassLoader();

    private long before;
    private long starts;

    /** Begins to count. */
    @Setup(Level.Iteration)
    public void begin() {
        before = SYSTEM.getProcessCpuTime();
        starts = 0;
    }

    /** Says what an iteration cost. */
    @TearDown(Level.Iteration)
    public void end() {
        System.out.printf("%.1f us of CPU, ", (SYSTEM.getProcessCpuTime() - before) / 1e3 / starts);
    }

    /** As attempts were started until threads were used again. */
    @Benchmark
    public void fresh() throws InterruptedException {
        starts++;
        CountDownLatch ran = new CountDownLatch(1);
        Thread thread = new Thread(ran::countDown);
        thread.setDaemon(true);
        thread.setName("stage-one");
        thread.setContextClassLoader(loader);
        thread.start();
        ran.await();
    }

    /** As they are. */
    @Benchmark
    public void reused() throws InterruptedException {
        starts++;
        CountDownLatch ran = new CountDownLatch(1);
        threads.start("stage-one", loader, ran::countDown);
        ran.await();
    }
}
