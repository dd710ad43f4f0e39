package dev.callboard.cli;

import dev.callboard.config.ConfigException;
import dev.callboard.sinks.SinksMessages.DeliveryView;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Where the {@code run} command runs its task: on a server, or in the folders of this machine. */
interface TaskRuns extends RunRequest.Target, AutoCloseable {
    static TaskRuns open(@Nullable String server, FolderOptions folders)
            throws ConfigException, ExecutionException, InterruptedException {
        return server == null ? new LocalTaskRuns(folders) : new ServerTaskRuns(server);
    }

    /** Creates a task and answers it; what may be a mistake in the request is printed. */
    Map<?, ?> create(Map<String, Object> request) throws ExecutionException, InterruptedException, IOException;

    /** Prints the warnings of what was created, and answers it. */
    static Map<?, ?> warned(Map<?, ?> created) {
        if (created.get("warnings") instanceof List<?> warnings) {
            warnings.stream()
                    .map(each -> each instanceof Map<?, ?> warning ? warning : Map.of())
                    .forEach(warning -> System.err.println(
                            "callboard: warning: " + warning.get("pointer") + ": " + warning.get("detail")));
        }
        return created;
    }

    Map<?, ?> task(String id) throws ExecutionException, InterruptedException, IOException;

    /** All attempts, in the order in which they were made. */
    List<?> executions(String taskId) throws ExecutionException, InterruptedException, IOException;

    /** The whole output of an attempt. */
    @Nullable
    Object output(String executionId) throws ExecutionException, InterruptedException, IOException;

    /** Approves, with the body of the API's call. */
    void approve(String taskId, Map<String, Object> body) throws ExecutionException, InterruptedException, IOException;

    void cancel(String taskId) throws ExecutionException, InterruptedException, IOException;

    /** Why a task would wait for ever here, a sentence; nothing when it would not. */
    Optional<String> stuck(Map<?, ?> task);

    /** From here on a server that is away is not waited for: somebody ends the command. */
    void leave();

    /** What becomes of a task when the command ends before it, a sentence; nothing when there is nothing to say. */
    Optional<String> stays(String taskId);

    /** What goes to the sinks of a task from here; nothing where a server delivers it. */
    List<DeliveryView> deliveries(String taskId) throws ExecutionException, InterruptedException;

    /** Lets go of it; once more does nothing. */
    @Override
    void close() throws ExecutionException;
}
