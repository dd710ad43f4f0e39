package dev.callboard.process;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which start of the machine, or of the container, this is, and how long ago the machine was started. Nobody can set that, it goes
 * on while the machine sleeps, and all processes of one start see the same.
 *
 * @param id another one for each start
 * @param uptime exact to a hundredth of a second
 */
public record MachineStart(String id, Duration uptime) {
    private static final Logger LOG = LoggerFactory.getLogger(MachineStart.class);
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final int NANOS = 9;

    /** As it is now; nothing where the system does not say it: Linux alone does, and not always. */
    public static Optional<MachineStart> now() {
        try {
            String uptime = Files.readString(UPTIME).split(" ", 2)[0];
            long nanos = new BigDecimal(uptime).movePointRight(NANOS).longValue();
            String boot = ProcessTable.boot();
            // In a container the time since its start may be shown; its first process tells one start from another.
            return ProcessTable.row(1)
                    .map(first -> new MachineStart(boot + "-" + first.start(), Duration.ofNanos(nanos)));
        } catch (IOException | NumberFormatException e) {
            LOG.debug("The system does not say when it was started", e);
            return Optional.empty();
        }
    }
}
