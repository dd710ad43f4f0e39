package dev.callboard.http;

import dev.callboard.problem.ProblemException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;

/** The port that the web server listens on: whether it can be had, and why not. */
public final class ListenPort {
    private ListenPort() {}

    /**
     * Opens it and closes it again, so that a port that cannot be had is reported before a large database is opened. Blocks shortly.
     *
     * @param port 0, which takes a free one, can always be had
     * @throws ProblemException {@code port_unusable}
     */
    public static void requireFree(String host, int port) {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            // As Vert.x does: the connections of a server that has just ended are no obstacle.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw unusable(host, port, e);
        }
    }

    /** What it means that the port cannot be opened; any other failure as it is. */
    static Throwable explain(String host, int port, Throwable failure) {
        return failure instanceof BindException bind ? unusable(host, port, bind) : failure;
    }

    private static ProblemException unusable(String host, int port, IOException failure) {
        String said = String.valueOf(failure.getMessage());
        String words = said.toLowerCase(Locale.ROOT);
        String where = "The port " + port + " of " + host + " ";
        return ProblemException.unavailable(
                "port_unusable",
                words.contains("in use")
                        ? where + "is in use by another program; choose another one with --port, or 0 for a free one."
                        : words.contains("denied")
                                ? where + "may not be opened by this user; choose one above 1023 with --port."
                                : where + "cannot be opened: " + said.replaceFirst("\\.$", "") + ".");
    }
}
