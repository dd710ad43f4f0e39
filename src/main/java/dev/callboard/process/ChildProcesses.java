package dev.callboard.process;

import dev.callboard.hash.Sha256;
import dev.callboard.process.ProcessTable.Row;
import dev.callboard.store.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All programs that the server of a data folder starts: the programs of {@code command} stages and the processes of plugins.
 * Where the system shows its processes (Linux), each carries a mark in its environment that its children inherit, and is
 * written down before its first instruction, so that nothing of it is left: not after its end, not after the server's, and
 * not after a {@code kill -9} of the server, when the next start ends what is still there.
 *
 * <p>Elsewhere a program ends with its process group or its descendants, and what outlives a killed server is not found.
 */
public final class ChildProcesses implements AutoCloseable {
    /** The environment variable that names the execution that a program was started for. */
    public static final String EXECUTION_ID = "CALLBOARD_EXECUTION_ID";

    static final String MARK = "CALLBOARD_PROCESS_MARK";

    private static final Logger LOG = LoggerFactory.getLogger(ChildProcesses.class);

    /** From SIGTERM to SIGKILL for what is left over. */
    private static final long GRACE_MS = 2_000;

    private static final int SECRET_BYTES = 16;

    /** A line of its own in front of the program's input lets it begin; without it, it never does. */
    private static final String GATE = "read -r go && exec \"$@\"";

    private final Path folder;
    private final boolean marked = ProcessTable.available();
    private final AtomicLong numbers = new AtomicLong();
    private final String run = HexFormat.of().formatHex(random());
    private @Nullable String owner;
    private volatile boolean closed;

    /** @param dataFolder whose lock this process holds; nothing is written to it before a program is started */
    public ChildProcesses(Path dataFolder) {
        this.folder = dataFolder;
    }

    private static byte[] random() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private Path secretFile() {
        return folder.resolve("process-mark");
    }

    /**
     * Distinguishes this data folder's processes from all others: nobody can guess it, and a copy of the folder has another one, so
     * that it never ends the programs of the folder that it was made from.
     */
    private synchronized String owner() throws IOException {
        String known = owner;
        if (known == null) {
            Path file = secretFile();
            if (!Files.exists(file)) {
                AtomicFile.write(file, HexFormat.of().formatHex(random()).getBytes(StandardCharsets.UTF_8));
            }
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            known = digest(Files.readString(file).strip() + " " + key);
            owner = known;
        }
        return known;
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(Sha256.of(text), 0, SECRET_BYTES);
    }

    private ProcessRecords records() throws IOException {
        return new ProcessRecords(folder.resolve("processes"), owner());
    }

    /**
     * Starts a program; its input may be written at once.
     *
     * @param builder has the program's absolute path as its first word
     * @param programs finds {@code setsid}, {@code sh} and {@code kill}
     * @param purpose what it is started for, written down for people
     * @throws IOException when it cannot be started or written down, or the server is stopping; then nothing of it runs
     */
    public ProcessGroup start(ProcessBuilder builder, Programs programs, String purpose) throws IOException {
        if (closed) {
            throw new IOException("the server is stopping");
        }
        if (!marked) {
            return ProcessGroup.start(builder, programs);
        }
        ProcessRecords records = records();
        String id = run + "-" + numbers.incrementAndGet();
        String mark = owner() + "." + id + ".";
        builder.environment().put(MARK, mark);
        Optional<Path> shell = programs.find("sh", folder);
        if (shell.isPresent()) {
            builder.command().addAll(0, List.of(shell.get().toString(), "-c", GATE, "callboard"));
        }
        ProcessGroup group = ProcessGroup.start(builder, programs, MARK + "=" + mark, () -> records.remove(id));
        try {
            Optional<Row> leader = group.row();
            if (leader.isPresent()) {
                records.write(id, purpose, leader.get());
            }
            if (shell.isPresent()) {
                open(group.leader().getOutputStream());
            }
        } catch (IOException e) {
            group.kill();
            throw e;
        }
        if (closed) {
            group.kill();
        }
        return group;
    }

    private static void open(OutputStream gate) throws IOException {
        gate.write('\n');
        gate.flush();
    }

    /**
     * Ends what an earlier server of this data folder left running. Blocks until nothing of it is left, for some seconds at
     * most.
     *
     * @return how many processes there were
     */
    public int endLeftovers() {
        int ended = endAll();
        if (ended > 0) {
            LOG.warn("Ended {} processes that an earlier run of this server had started", ended);
        }
        return ended;
    }

    private int endAll() {
        if (!marked || !Files.exists(secretFile())) {
            return 0;
        }
        try {
            ProcessRecords records = records();
            int ended = new OwnedProcesses(MARK + "=" + owner() + ".", records.running()).endAll(GRACE_MS);
            records.clear();
            return ended;
        } catch (IOException e) {
            LOG.error("Programs that this server started may still run", e);
            return 0;
        }
    }

    /** Starts no more, and ends all that is still there. Blocks as {@link #endLeftovers} does. */
    @Override
    public void close() {
        closed = true;
        endAll();
    }
}
