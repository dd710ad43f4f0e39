package dev.callboard.cli;

import dev.callboard.Callboard;
import dev.callboard.config.ConfigException;
import dev.callboard.config.ConfigLoader;
import dev.callboard.log.OutOfMemory;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.DataFolder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves until it is stopped. */
@Command(name = "serve", description = "Serve the pages, the API and the feed.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    /** Within the 10 s that a stop may take; a part that does not stop is left behind after 7, see {@link Callboard#stop}. */
    private static final long STOP_SECONDS = 9;

    @Mixin
    private final FolderOptions folders = new FolderOptions();

    @Mixin
    private final ListenOptions listen = new ListenOptions();

    @Override
    public Integer call() {
        return serve(options(folders, listen));
    }

    static Map<String, String> options(FolderOptions folders, ListenOptions listen) {
        Map<String, String> options = new HashMap<>(folders.values());
        options.putAll(listen.values());
        return options;
    }

    /**
     * Serves.
     *
     * @param options those of the command line, without dashes; absent ones left out
     */
    static int serve(Map<String, String> options) {
        OutOfMemory.endsTheProcess(OutOfMemory.EXIT_CODE);
        try {
            Callboard callboard = Callboard.start(ConfigLoader.load(options), true);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(callboard), "shutdown"));
            System.out.println("Callboard is listening on " + callboard.url());
            return CallboardCommand.KEEP_RUNNING;
        } catch (ProblemException e) {
            int code = Failures.print(e);
            if (e.problem().code().equals(DataFolder.IN_USE)) {
                System.err.println("  To serve here, stop that one; or serve another folder with --data.");
            }
            return code;
        } catch (ConfigException | ExecutionException | RuntimeException e) {
            return Failures.print(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    /** A signal ends the JVM with its number; a server that stopped cleanly says 0 instead. */
    private static void stop(Callboard callboard) {
        FutureTask<Integer> stop = new FutureTask<>(() -> {
            callboard.stop();
            return ExitCode.OK;
        });
        Thread thread = new Thread(stop, "stop");
        thread.setDaemon(true);
        thread.start();
        int code = ExitCode.FAILED;
        try {
            code = stop.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Failures.print(e);
        } catch (TimeoutException e) {
            System.err.println("callboard: The server did not stop within " + STOP_SECONDS
                    + " s and is ended. What it acknowledged is stored; the next start continues from there.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code);
    }
}
