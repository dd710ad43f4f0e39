package dev.callboard.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** Something that is wrong with the disk of a data folder, and right again. */
public interface DiskFault extends AutoCloseable {
    /** From now on. */
    void begin() throws IOException;

    /** Until now. */
    void end() throws IOException;

    /** What the server's process needs for it. */
    Map<String, String> environment();

    @Override
    void close() throws IOException, InterruptedException;

    /** A small disk of its own in memory, which is full to the last byte. Needs root. */
    static DiskFault full(Path data, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(data);
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", data.toString());
        return new Full(data);
    }

    /** Syncs that fail. Needs a C compiler. */
    static DiskFault sync(Path folder, Path data) throws IOException, InterruptedException {
        return new Preloaded(folder, data, "sync");
    }

    /** A folder that cannot be written. Needs a C compiler. */
    static DiskFault readOnly(Path folder, Path data) throws IOException, InterruptedException {
        return new Preloaded(folder, data, "ro");
    }

    /** Runs a program; where it cannot, the test is skipped and says why. */
    private static void run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new TestAbortedException(command[0] + " is not here", e);
        }
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new TestAbortedException(String.join(" ", List.of(command)) + ": " + said);
        }
    }

    /** Full. */
    final class Full implements DiskFault {
        private final Path data;

        Full(Path data) {
            this.data = data;
        }

        @Override
        public void begin() throws IOException {
            fillTo(0);
        }

        /** Fills it until so many bytes are left. */
        public void fillTo(long left) throws IOException {
            try (OutputStream filler = Files.newOutputStream(data.resolve("filler"))) {
                long all = Files.getFileStore(data).getUsableSpace() - left;
                for (byte[] chunk = new byte[64 * 1024]; all > 0; all -= chunk.length) {
                    filler.write(chunk, 0, (int) Math.min(chunk.length, all));
                }
                for (int i = 0; left == 0 && i < 1 << 20; i++) {
                    filler.write(new byte[4096]);
                }
            } catch (IOException e) {
                if (!Optional.ofNullable(e.getMessage()).orElse("").contains("No space left")) {
                    throw e;
                }
            }
        }

        @Override
        public void end() throws IOException {
            Files.deleteIfExists(data.resolve("filler"));
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public void close() throws IOException, InterruptedException {
            run("umount", "-l", data.toString());
        }
    }

    /** By a library that stands between the process and the operating system. */
    final class Preloaded implements DiskFault {
        private final Path library;
        private final Path data;
        private final Path flag;
        private final String kind;

        Preloaded(Path folder, Path data, String kind) throws IOException, InterruptedException {
            this.library = folder.resolve("disk.so");
            this.data = data;
            this.flag = folder.resolve("fault");
            this.kind = kind;
            String source =
                    Path.of("src/test/resources/faults/disk.c").toAbsolutePath().toString();
            run("cc", "-shared", "-fPIC", "-o", library.toString(), source, "-ldl");
        }

        @Override
        public void begin() throws IOException {
            Files.writeString(flag.resolveSibling("fault." + kind), "");
        }

        @Override
        public void end() throws IOException {
            Files.deleteIfExists(flag.resolveSibling("fault." + kind));
        }

        @Override
        public Map<String, String> environment() {
            return Map.of(
                    "LD_PRELOAD", library.toString(),
                    "FAULT_FOLDER", data.toAbsolutePath().toString(),
                    "FAULT_FLAG", flag.toString());
        }

        @Override
        public void close() {}
    }
}
