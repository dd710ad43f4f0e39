package dev.callboard.process;

import dev.callboard.process.ProcessTable.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that was started and all that came of it. It leads a session and a process group of its own where
 * {@code setsid} is there.
 */
public final class ProcessGroup {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessGroup.class);

    private final Process leader;
    private final Members members;
    private final Runnable ended;

    /** How the processes of a group are found and ended. */
    interface Members {
        /** Remembers those that may not be found later. */
        void look();

        /** Asks all to end, and makes those end that have not after the grace period. */
        void end(long graceMs) throws IOException;

        /** Ends all at once. */
        void kill() throws IOException;
    }

    private ProcessGroup(Process leader, Members members, Runnable ended) {
        this.leader = leader;
        this.members = members;
        this.ended = ended;
    }

    /** Starts one on a system that does not show its processes. */
    static ProcessGroup start(ProcessBuilder builder, Programs programs) throws IOException {
        Optional<Path> kill = programs.find("kill", Path.of("/"));
        boolean leads = kill.isPresent() && lead(builder, programs);
        Process leader = builder.start();
        return new ProcessGroup(leader, new SignalledGroup(leader, leads ? kill.get() : null), () -> {});
    }

    /**
     * Starts one whose processes carry a mark.
     *
     * @param variable the environment variable that they carry, {@code NAME=value}
     * @param ended is run when none of them is left, each time that is found
     */
    static ProcessGroup start(ProcessBuilder builder, Programs programs, String variable, Runnable ended)
            throws IOException {
        lead(builder, programs);
        Process leader = builder.start();
        Map<Long, Long> leaders = ProcessTable.row(leader.pid())
                .map(row -> Map.of(row.pid(), row.start()))
                .orElse(Map.of());
        return new ProcessGroup(leader, new OwnedProcesses(variable, leaders), ended);
    }

    /** The child of this process leads no group yet, so setsid makes it a leader in place: the id stays. */
    private static boolean lead(ProcessBuilder builder, Programs programs) {
        Optional<Path> setsid = programs.find("setsid", Path.of("/"));
        setsid.ifPresent(program -> builder.command().add(0, program.toString()));
        return setsid.isPresent();
    }

    /** The process that was started; its id stays the same from the first moment on. */
    public Process leader() {
        return leader;
    }

    /** The leader as the system shows it; nothing when it has ended. */
    Optional<Row> row() {
        return ProcessTable.row(leader.pid());
    }

    /** Waits a moment for the leader, and remembers what it started meanwhile. */
    public boolean hasEndedWithin(long milliseconds) throws InterruptedException {
        boolean hasEnded = leader.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        members.look();
        return hasEnded;
    }

    /** Asks all to end, and makes those end that have not after the grace period; waits until none is left. */
    public void terminate(long graceMs) {
        end(() -> members.end(graceMs));
    }

    /**
     * Ends whatever is left, at once. What it wrote can still be read: {@link Process#destroyForcibly} would close the
     * streams, even of a process that has ended by itself, and what nobody has read yet would be lost.
     */
    public void kill() {
        end(members::kill);
    }

    private interface Ending {
        void run() throws IOException;
    }

    private void end(Ending how) {
        try {
            how.run();
            ended.run();
        } catch (IOException e) {
            LOG.warn("Not all that came of process {} has ended: {}", leader.pid(), e.toString());
            leader.toHandle().destroyForcibly();
        }
    }
}
