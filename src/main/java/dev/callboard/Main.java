package dev.callboard;

import dev.callboard.cli.CallboardCommand;
import dev.callboard.log.OutOfMemory;

/** The command line's entry: it parses, runs and exits. */
public final class Main {
    private Main() {}

    /** Runs the command and exits with its code: 0 done, 1 failed, 2 bad usage, 3 waiting for approval. */
    public static void main(String[] arguments) {
        // Read by libraries before anything of theirs runs: neither is used here, and each costs start-up time.
        System.setProperty("io.netty.jfr.enabled", "false");
        System.setProperty("vertx.disableDnsResolver", "true");
        OutOfMemory.endsTheProcess(1);
        int code = CallboardCommand.main(Version.CURRENT, arguments);
        if (code != CallboardCommand.KEEP_RUNNING) {
            System.exit(code);
        }
    }
}
