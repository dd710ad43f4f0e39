package dev.callboard.cli;

import dev.callboard.sinks.SinksMessages;
import dev.callboard.sinks.SinksMessages.DeliveryView;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Stays until each sink of a task was tried, and says which of them did not get what is theirs. */
final class RunDeliveries {
    private static final long LOOK_EVERY_MS = 100;

    /** A sink that cannot be tried within this time, in seconds, is left to a server. */
    private static final long PATIENCE_S = 60;

    private RunDeliveries() {}

    static void await(TaskRuns runs, String taskId) throws ExecutionException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        List<DeliveryView> deliveries = runs.deliveries(taskId);
        while (deliveries.stream().anyMatch(RunDeliveries::isUntried) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MS));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            deliveries = runs.deliveries(taskId);
        }
        for (DeliveryView each : deliveries) {
            if (!each.status().equals(SinksMessages.DELIVERED)) {
                System.err.println("callboard: The sink '" + each.sink() + "' did not get its result"
                        + (each.error() == null ? "." : ": " + each.error())
                        + (each.status().equals(SinksMessages.PENDING)
                                ? " 'callboard serve' with this data folder tries it again."
                                : ""));
            }
        }
    }

    private static boolean isUntried(DeliveryView delivery) {
        return delivery.status().equals(SinksMessages.PENDING) && delivery.attempts() == 0;
    }
}
