package dev.callboard.cli;

import dev.callboard.config.ConfigException;
import dev.callboard.problem.FileFaults;
import dev.callboard.problem.Problem;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.store.DataFolder;
import java.nio.file.FileSystemException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says on standard error what went wrong, in sentences, and which exit code that is. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static int print(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ConfigException config) {
            config.errors().forEach(error -> System.err.println("callboard: " + error));
            return ExitCode.BAD_USAGE;
        }
        if (cause instanceof ProblemException expected) {
            Problem problem = expected.problem();
            System.err.println("callboard: " + problem.detail());
            for (Violation violation : problem.violations()) {
                System.err.println("  " + violation.pointer() + " " + violation.detail());
            }
            // Nothing was run: another folder or --server is what helps.
            boolean held = problem.code().equals(DataFolder.IN_USE);
            return switch (problem.kind()) {
                case INVALID_REQUEST, INVALID_SELECTION, NOT_FOUND -> ExitCode.BAD_USAGE;
                case UNAVAILABLE -> held ? ExitCode.BAD_USAGE : ExitCode.FAILED;
                default -> ExitCode.FAILED;
            };
        }
        if (cause instanceof FileSystemException fault) {
            LOG.debug("a file cannot be used", fault);
            System.err.println("callboard: " + fault.getFile() + " cannot be used: " + FileFaults.reason(fault) + ".");
            return ExitCode.FAILED;
        }
        LOG.error("unexpected failure", cause);
        System.err.println("callboard: That is a fault of Callboard: " + cause);
        return ExitCode.FAILED;
    }
}
