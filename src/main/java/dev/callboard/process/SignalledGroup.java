package dev.callboard.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program and what came of it on a system that does not show its processes. Where it leads a process group, that also holds
 * what has lost its parent; elsewhere its descendants are remembered while it runs. What leaves both is not found.
 */
final class SignalledGroup implements ProcessGroup.Members {
    private static final Logger LOG = LoggerFactory.getLogger(SignalledGroup.class);
    private static final long KILL_SECONDS = 2;

    private final Process leader;
    private final @Nullable Path kill;
    private final Set<ProcessHandle> seen = new LinkedHashSet<>();

    /** @param kill the program that signals a group, null when the process leads none */
    SignalledGroup(Process leader, @Nullable Path kill) {
        this.leader = leader;
        this.kill = kill;
    }

    @Override
    public void look() {
        if (kill == null) {
            remember();
        }
    }

    private void remember() {
        seen.removeIf(process -> !process.isAlive());
        leader.descendants().forEach(seen::add);
    }

    @Override
    public void end(long graceMs) {
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

    @Override
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
