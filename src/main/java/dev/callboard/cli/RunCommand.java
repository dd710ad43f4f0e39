package dev.callboard.cli;

import dev.callboard.problem.Problem;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.DataFolder;
import dev.callboard.tasks.TaskMessages.TaskCreated;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs one task and waits for its end. */
@Command(
        name = "run",
        description = "Run one task through a pipeline, without a web server.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 completed, 1 failed, 2 bad usage, 3 waiting for approval."})
final class RunCommand implements Callable<Integer> {
    private static final long LOOK_EVERY_MS = 100;
    private static final Set<String> ENDED = Set.of("completed", "failed", "cancelled", "awaiting_approval");

    @Mixin
    private final FolderOptions folders = new FolderOptions();

    @Parameters(index = "0", paramLabel = "PIPELINE", description = "The pipeline's name.")
    private String pipeline = "";

    /** A shell makes several words of a pattern that is not quoted; only the first of them follows the option. */
    @Parameters(index = "1..*", arity = "0..*", paramLabel = "FILE", description = "More inputs, as by --input.")
    private List<String> moreInputs = new ArrayList<>();

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description =
                    "A file or pipe, a folder, a pattern such as 'papers/*.pdf', an http or https address, - for standard"
                            + " input. May be repeated.")
    private List<String> inputs = new ArrayList<>();

    @Option(names = "--stages", paramLabel = "A,B,C", split = ",", description = "Only these stages. Default: all.")
    private List<String> stages = new ArrayList<>();

    @Option(names = "--set", paramLabel = "TEMPLATE.KEY=VALUE", description = "A setting of a stage. May be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--approve-all",
            description = {
                "Approve every stage that can be approved as it stands; what is suggested is selected.",
                "Ends with 3 at one that needs a choice, an answer or a result from a person."
            })
    private boolean approveAll;

    @Option(names = "--json", description = "Print the task with its executions as one JSON object.")
    private boolean json;

    @Option(names = "--server", paramLabel = "URL", description = "Run it on this server.")
    private @Nullable String server;

    @Override
    public Integer call() throws Exception {
        inputs.addAll(moreInputs);
        inputs = InputPaths.expand(inputs);
        RunRequest.checkInputs(inputs);
        try (TaskRuns runs = open()) {
            Map<?, ?> created = runs.create(RunRequest.of(runs, pipeline, inputs, stages, settings));
            String id = String.valueOf(created.get("id"));
            try {
                return follow(runs, id, isRefused(created));
            } catch (ProblemException e) {
                throw staying(runs, id, e);
            }
        }
    }

    private TaskRuns open() throws Exception {
        try {
            return TaskRuns.open(server, folders);
        } catch (ProblemException e) {
            if (e.problem().code().equals(DataFolder.IN_USE)) {
                RunArguments.check(folders.load(), pipeline, stages, settings);
            }
            throw e;
        }
    }

    private int follow(TaskRuns runs, String id, boolean refused) throws Exception {
        if (refused) {
            runs.cancel(id);
            report(runs, runs.task(id));
            return ExitCode.FAILED;
        }
        LeaveHook leave = LeaveHook.add(() -> leave(runs, id));
        Optional<Map<?, ?>> task = waitForEnd(runs, id, leave);
        if (task.isEmpty()) {
            return ExitCode.FAILED;
        }
        report(runs, task.get());
        RunDeliveries.await(runs, id);
        return exitCode(String.valueOf(task.get().get("status")));
    }

    /** The same failure; one of a server that is away also says that the task stays, and how to look at it later. */
    static ProblemException staying(TaskRuns runs, String id, ProblemException failure) {
        Problem problem = failure.problem();
        Optional<String> stays = problem.kind() == Problem.Kind.UNAVAILABLE ? runs.stays(id) : Optional.empty();
        return stays.isEmpty()
                ? failure
                : ProblemException.unavailable(problem.code(), problem.detail() + " " + stays.get());
    }

    /** Whether the task is there and could not start: it would start later, when nobody waits for it any more. */
    private static boolean isRefused(Map<?, ?> created) {
        return created.get("warnings") instanceof List<?> warnings
                && warnings.stream()
                        .anyMatch(each -> each instanceof Map<?, ?> warning
                                && TaskCreated.NOT_STARTED.equals(warning.get("pointer")));
    }

    /** Empty when somebody ended the command before; it has left the task then. */
    private Optional<Map<?, ?>> waitForEnd(TaskRuns runs, String id, LeaveHook leave) throws Exception {
        try {
            Map<?, ?> task = waitForEnd(runs, id);
            return leave.takeBack() ? Optional.of(task) : Optional.empty();
        } catch (Exception e) {
            if (leave.takeBack()) {
                throw e;
            }
            // The hook took away what was waited on here.
            return Optional.empty();
        }
    }

    /** Somebody ends the command: the task ends with it, unless it waits for its ledger; then it stays for a server. */
    private void leave(TaskRuns runs, String id) {
        runs.leave();
        try {
            if (RunProgress.waitsForLedger(runs.task(id))) {
                System.err.println("callboard: The task " + id + " stays and waits"
                        + (server == null ? "; 'callboard serve' with this data folder goes on with it." : "."));
            } else {
                runs.cancel(id);
                System.err.println("callboard: The task " + id + " is cancelled.");
            }
            runs.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ProblemException e) {
            Failures.print(staying(runs, id, e));
        } catch (Exception e) {
            Failures.print(e);
        }
    }

    private Map<?, ?> waitForEnd(TaskRuns runs, String id) throws Exception {
        PrintStream out = json ? System.err : System.out;
        try (RunProgress progress = new RunProgress(out, !json && RunProgress.onTerminal())) {
            return waitForEnd(runs, id, progress);
        }
    }

    private Map<?, ?> waitForEnd(TaskRuns runs, String id, RunProgress progress) throws Exception {
        RunApprovals approvals = new RunApprovals(runs);
        while (true) {
            Map<?, ?> task = runs.task(id);
            progress.show(task, runs.executions(id));
            if (approveAll && "awaiting_approval".equals(task.get("status"))) {
                Optional<String> reason = approvals.approve(task);
                if (reason.isEmpty()) {
                    continue;
                }
                progress.close();
                System.err.println("callboard: " + reason.get());
                return task;
            }
            Optional<String> stuck = runs.stuck(task);
            if (stuck.isPresent()) {
                progress.close();
                System.err.println("callboard: " + stuck.get());
                runs.cancel(id);
                return runs.task(id);
            }
            if (ENDED.contains(String.valueOf(task.get("status")))) {
                return task;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MS));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void report(TaskRuns runs, Map<?, ?> task) throws Exception {
        RunReport report = new RunReport(runs);
        if (json) {
            report.json(task);
        } else {
            report.plain(task);
        }
    }

    private static int exitCode(String status) {
        return switch (status) {
            case "completed" -> ExitCode.OK;
            case "awaiting_approval" -> ExitCode.WAITING_FOR_APPROVAL;
            default -> ExitCode.FAILED;
        };
    }
}
