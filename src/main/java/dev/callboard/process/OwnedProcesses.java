package dev.callboard.process;

import dev.callboard.process.ProcessTable.Row;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All processes that came of one start of a program, or of all of them, wherever they have moved to: those that carry the mark
 * in their environment, those in the session or the group of the program, their children, and all that was found to belong
 * to them before. For systems with a {@link ProcessTable}.
 */
final class OwnedProcesses implements ProcessGroup.Members {
    private static final Logger LOG = LoggerFactory.getLogger(OwnedProcesses.class);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** How long the system may take to end what was killed. */
    private static final long KILL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String variable;
    private final long since;
    /** The programs themselves and what was found since, by id: when each started. */
    private final Map<Long, Long> known = new HashMap<>();

    private final Map<Long, Long> leaders;

    /**
     * Nothing is looked for yet.
     *
     * @param variable how the environment variable begins that they carry
     * @param leaders programs that are known to belong to them, by id: when each started
     */
    OwnedProcesses(String variable, Map<Long, Long> leaders) {
        this.variable = variable;
        this.leaders = Map.copyOf(leaders);
        // Whatever came of a program started after it did.
        this.since = leaders.size() == 1 ? leaders.values().iterator().next() : 0;
        known.putAll(leaders);
    }

    /** Those that live now. */
    private synchronized List<Row> alive() throws IOException {
        List<Row> rows = ProcessTable.rows();
        long self = ProcessHandle.current().pid();
        Map<Long, Long> starts = new HashMap<>();
        rows.forEach(row -> starts.put(row.pid(), row.start()));
        known.entrySet().removeIf(each -> !each.getValue().equals(starts.get(each.getKey())));
        Set<Long> found = new HashSet<>(known.keySet());
        for (Row row : rows) {
            boolean own = row.start() >= since
                    && row.pid() != self
                    && (isLedBy(row.session(), starts)
                            || isLedBy(row.group(), starts)
                            || ProcessTable.hasVariable(row.pid(), variable));
            if (own) {
                found.add(row.pid());
            }
        }
        for (boolean more = true; more; ) {
            more = false;
            for (Row row : rows) {
                more |= row.pid() != self && found.contains(row.parent()) && found.add(row.pid());
            }
        }
        List<Row> alive = rows.stream().filter(row -> found.contains(row.pid())).toList();
        alive.forEach(row -> known.put(row.pid(), row.start()));
        return alive;
    }

    /** Whether a session or group is that of one of the programs; its id stays taken until the last of it has ended. */
    private boolean isLedBy(long leader, Map<Long, Long> starts) {
        Long start = leaders.get(leader);
        return start != null && start.equals(starts.getOrDefault(leader, start));
    }

    /** Nothing: all are found by what they are. */
    @Override
    public void look() {}

    @Override
    public void end(long graceMs) throws IOException {
        endAll(graceMs);
    }

    /**
     * Asks all to end, and makes those end that have not after the grace period. Blocks until none is left; an interrupt is
     * kept for later.
     *
     * @return how many there were
     * @throws IOException when some are left all the same
     */
    int endAll(long graceMs) throws IOException {
        try (Patience patience = new Patience()) {
            Set<Row> asked = new HashSet<>();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(graceMs);
            List<Row> left = alive();
            while (!left.isEmpty() && System.nanoTime() < end) {
                left.stream().filter(asked::add).forEach(row -> signal(row, false));
                patience.pause();
                left = alive();
            }
            asked.addAll(kill(left, patience));
            return asked.size();
        }
    }

    /** Blocks as {@link #endAll} does. */
    @Override
    public void kill() throws IOException {
        try (Patience patience = new Patience()) {
            kill(alive(), patience);
        }
    }

    /** Whoever starts others faster than they are found is found again, until none is left. */
    private Set<Row> kill(List<Row> first, Patience patience) throws IOException {
        Set<Row> killed = new HashSet<>();
        long end = System.nanoTime() + KILL_NANOS;
        for (List<Row> left = first; !left.isEmpty(); left = alive()) {
            if (System.nanoTime() >= end) {
                throw new IOException("these processes cannot be ended: "
                        + left.stream().map(Row::pid).toList());
            }
            left.forEach(row -> signal(row, true));
            killed.addAll(left);
            patience.pause();
        }
        return killed;
    }

    /** Waits in spite of interrupts, and passes them on afterwards. */
    private static final class Patience implements AutoCloseable {
        private boolean interrupted = Thread.interrupted();

        void pause() {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            interrupted |= Thread.interrupted();
        }

        @Override
        public void close() {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The handle signals that very process only: should its id be taken by another one now, it is left alone. */
    private static void signal(Row row, boolean kill) {
        ProcessHandle.of(row.pid())
                .filter(process -> ProcessTable.row(row.pid())
                        .filter(now -> now.start() == row.start())
                        .isPresent())
                .ifPresent(process -> {
                    boolean sent = kill ? process.destroyForcibly() : process.destroy();
                    if (!sent && process.isAlive()) {
                        LOG.debug("Process {} cannot be signalled", row.pid());
                    }
                });
    }
}
