package dev.callboard.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child process and all that came of it. Where {@code setsid} and {@code kill} are there it leads a process group, which
 * also holds what has lost its parent; elsewhere its descendants are kept in mind while it runs.
 */
public final class ProcessGroup {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessGroup.class);
    private static final long KILL_SECONDS = 2;

    private final Process leader;
    private final @Nullable Path kill;
    private final Set<ProcessHandle> seen = new LinkedHashSet<>();

    /** @param kill the program that signals a group, null when the process leads none */
    private ProcessGroup(Process leader, @Nullable Path kill) {
        this.leader = leader;
        this.kill = kill;
    }

    /**
     * Starts a process.
     *
     * @param builder has the program's absolute path as its first word
     * @param programs finds {@code setsid} and {@code kill}
     */
    public static ProcessGroup start(ProcessBuilder builder, Programs programs) throws IOException {
        Path folder = Path.of("/");
        Optional<Path> setsid = programs.find("setsid", folder);
        Optional<Path> kill = programs.find("kill", folder);
        boolean group = setsid.isPresent() && kill.isPresent();
        if (group) {
            // The child of this process leads no group yet, so setsid makes it a leader in place: the id stays.
            builder.command().add(0, setsid.get().toString());
        }
        return new ProcessGroup(builder.start(), group ? kill.get() : null);
    }

    /** The process that was started; its id stays the same from the first moment on. */
    public Process leader() {
        return leader;
    }

    /** Waits a moment for the leader, and remembers what it started meanwhile. */
    public boolean hasEndedWithin(long milliseconds) throws InterruptedException {
        boolean ended = leader.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        if (kill == null) {
            remember();
        }
        return ended;
    }

    private void remember() {
        seen.removeIf(process -> !process.isAlive());
        leader.descendants().forEach(seen::add);
    }

    /** Asks all to end, and makes those end that have not after the grace period. */
    public void terminate(long graceMs) {
        remember();
        signal("TERM");
        leader.toHandle().destroy();
        seen.forEach(ProcessHandle::destroy);
        boolean interrupted = Thread.interrupted();
        try {
            if (!leader.waitFor(graceMs, TimeUnit.MILLISECONDS)) {
                LOG.debug("{} is still alive {} ms after SIGTERM", leader, graceMs);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        kill();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends whatever is left, at once. What it wrote can still be read: {@link Process#destroyForcibly} would close the
     * streams, even of a process that has ended by itself, and what nobody has read yet would be lost.
     */
    public void kill() {
        remember();
        signal("KILL");
        leader.toHandle().destroyForcibly();
        seen.forEach(ProcessHandle::destroyForcibly);
    }

    private void signal(String name) {
        if (kill == null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            List<String> command = List.of(kill.toString(), "-" + name, "--", "-" + leader.pid());
            Process signal = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            signal.getOutputStream().close();
            if (!signal.waitFor(KILL_SECONDS, TimeUnit.SECONDS)) {
                signal.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.warn("The process group {} cannot be sent SIG{}: {}", leader.pid(), name, e.toString());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
