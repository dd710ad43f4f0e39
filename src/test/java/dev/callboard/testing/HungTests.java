package dev.callboard.testing;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Ends the JVM of a test class that waits for what never comes, and prints where each thread is: an interrupt does not reach a
 * {@code join()}, and a run without an end says nothing. Registered for all tests. A class has 15 minutes, or as long as
 * {@code -Dcallboard.test.limit=PT2H} says.
 */
public final class HungTests implements BeforeAllCallback {
    private static final Duration LIMIT = Duration.parse(System.getProperty("callboard.test.limit", "PT15M"));
    private static final int EXIT_CODE = 70;
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(HungTests::daemon);

    @Override
    public void beforeAll(ExtensionContext context) {
        Future<?> end = TIMER.schedule(() -> end(context.getDisplayName()), LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        AutoCloseable ended = () -> end.cancel(false);
        context.getStore(Namespace.create(HungTests.class, context.getUniqueId()))
                .put(HungTests.class, ended);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "hung-tests");
        thread.setDaemon(true);
        return thread;
    }

    private static void end(String tests) {
        System.out.println(tests + " did not end within " + LIMIT + "; its threads:\n" + threads());
        System.out.flush();
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    private static String threads() {
        return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(true, true, Integer.MAX_VALUE))
                .map(thread ->
                        '"' + thread.getThreadName() + "\" " + thread.getThreadState() + " " + thread.getLockInfo()
                                + Arrays.stream(thread.getStackTrace())
                                        .map(frame -> "\n    at " + frame)
                                        .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }
}
