package dev.callboard.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A way to a server that can be slow, lose what is said in one direction or both without a word, or end. */
public final class TcpProxy implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final NetServer server = vertx.createNetServer();
    private final NetClient client = vertx.createNetClient();
    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong lost = new AtomicLong();
    private final int target;
    private volatile boolean there = true;
    private volatile boolean back = true;
    private volatile long delayMs;

    /** Leads to a port of this machine. */
    public TcpProxy(int target) {
        this.target = target;
        server.connectHandler(this::accept);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    /** Where it listens. */
    public int port() {
        return server.actualPort();
    }

    /** Whether what the client says arrives, and what the server says. */
    public void leads(boolean toServer, boolean toClient) {
        there = toServer;
        back = toClient;
    }

    /** Each piece arrives so much later from now on. */
    public void delay(long ms) {
        delayMs = ms;
    }

    /** How many pieces did not arrive. */
    public long lost() {
        return lost.get();
    }

    /** Ends all connections. */
    public void cut() {
        sockets.forEach(NetSocket::close);
    }

    private void accept(NetSocket here) {
        keep(here);
        here.pause();
        client.connect(target, "127.0.0.1").onComplete(connected -> {
            if (connected.failed()) {
                here.close();
                return;
            }
            NetSocket beyond = connected.result();
            keep(beyond);
            here.handler(piece -> pass(piece, beyond, there)).closeHandler(ended -> close(here, beyond));
            beyond.handler(piece -> pass(piece, here, back)).closeHandler(ended -> close(beyond, here));
            here.resume();
        });
    }

    private void keep(NetSocket socket) {
        sockets.add(socket);
    }

    private void close(NetSocket ended, NetSocket other) {
        sockets.remove(ended);
        other.close();
    }

    private void pass(Buffer piece, NetSocket to, boolean arrives) {
        if (!arrives) {
            lost.incrementAndGet();
        } else if (delayMs > 0) {
            vertx.setTimer(delayMs, timer -> to.write(piece));
        } else {
            to.write(piece);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
