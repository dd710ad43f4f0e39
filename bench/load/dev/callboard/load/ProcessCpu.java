package dev.callboard.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU, user and system, that a server has used, and a database beside it with all its processes, those that ended too. */
final class ProcessCpu {
    /** Of the numbers that follow the name in brackets, from the state on: user, system, and those of children that ended. */
    private static final int USER = 11;

    private final ProcessHandle server;
    private final long database;
    private final double tickMs;

    /**
     * Of processes.
     *
     * @param server its id
     * @param database that of the first process of PostgreSQL; 0 for none
     */
    ProcessCpu(long server, long database) throws IOException, InterruptedException {
        this.server = ProcessHandle.of(server).orElseThrow();
        this.database = database;
        Process hertz = new ProcessBuilder("getconf", "CLK_TCK").start();
        this.tickMs = 1_000.0 / Long.parseLong(new String(hertz.getInputStream().readAllBytes()).strip());
        hertz.waitFor();
    }

    double ms() {
        double ms = server.info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
        if (database == 0) {
            return ms;
        }
        long ticks = ticks(database, 4);
        for (ProcessHandle child :
                ProcessHandle.of(database).orElseThrow().children().toList()) {
            ticks += ticks(child.pid(), 2);
        }
        return ms + ticks * tickMs;
    }

    private static long ticks(long pid, int numbers) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int i = USER; i < USER + numbers; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return ticks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
