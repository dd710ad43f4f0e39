package dev.callboard.store;

import dev.callboard.problem.ProblemException;
import io.vertx.core.Future;
import java.util.List;

/** A database that holds the server's data: how it is opened, closed as it is, and opened anew. Its methods are asked on one context. */
interface Backend {
    /** Opens it, and makes or upgrades its tables; fails with what a start is answered with. */
    Future<Pools> open();

    /** Opens it anew after {@link #closeNow()}, as soon as what was wrong is over. */
    Future<Pools> reopen();

    /** After a failure: closes it as it is. Its connections are closed before, as well as they can be. */
    Future<Void> closeNow();

    /** At the end of the server, when its connections are closed: the next start is fast then. */
    Future<Void> shutDown();

    /**
     * Whether a transaction is stored that was in doubt; known since it was opened anew.
     *
     * @param number its {@link Writer.Ended#doubt}
     */
    boolean isStored(long number);

    /** What a change is answered with when it was not stored for that reason. */
    ProblemException unwritable(Throwable reason);

    /** A transaction without an end for so long, in milliseconds, keeps nobody else waiting; 0 when others wait for any. */
    long stallMs();

    /** What was wrong with its files when they were opened, for people. */
    List<String> findings();

    /** Whether its log is at least so long; a checkpoint would cut it. */
    boolean hasLog(long leastBytes);

    /** Cuts the log when it is at least so long; nothing is written meanwhile. A failure means that it must be opened anew. */
    Future<Void> checkpoint(long leastBytes);
}
