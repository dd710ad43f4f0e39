package dev.callboard.workers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The workers of the examples as processes; all of them end with this. */
final class WorkerPrograms implements AutoCloseable {
    private static final Path PYTHON = Path.of("examples", "worker-python", "worker.py");

    private final Path folder;
    private final URI server;
    private final List<Process> started = new ArrayList<>();

    /** @param folder where they run */
    WorkerPrograms(Path folder, URI server) {
        this.folder = folder;
        this.server = server;
    }

    /** The one in Python, as it is. */
    Process python(String type, String name) throws IOException {
        return start(List.of("python3", PYTHON.toAbsolutePath().toString(), server.toString(), type, name), Map.of());
    }

    /** The one in Python, but it prints the work that it takes, and is never done with it. */
    Process stuck(String type, String name) throws IOException {
        String code = Files.readString(PYTHON);
        String work = "    return {\"text\": str(work[\"input\"]).upper(), \"attempt\": work[\"attempt\"]}\n";
        if (!code.contains(work)) {
            throw new IllegalStateException("the example is another than this test knows");
        }
        Path script = folder.resolve("stuck.py");
        Files.writeString(
                script, code.replace(work, "    print(json.dumps(work), flush=True)\n    time.sleep(3600)\n"));
        return start(List.of("python3", script.toString(), server.toString(), type, name), Map.of());
    }

    /** Any program. */
    Process start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("workers.err").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}
