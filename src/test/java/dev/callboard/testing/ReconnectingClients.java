package dev.callboard.testing;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Very many clients of the palette on one thread, that come back as pages do: after {@link ReconnectDelay}, and not waiting for an
 * answer longer than six seconds.
 */
public final class ReconnectingClients implements AutoCloseable {
    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(6);
    private static final int LARGEST_FRAME = 8 << 20;

    private final List<ReconnectingClient> clients = new ArrayList<>();
    private final PriorityQueue<Turn> turns = new PriorityQueue<>();
    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_FRAME);
    private final ReconnectDelay delay = ReconnectDelay.ofPages();
    private final RandomGenerator random;
    private final InetSocketAddress address;
    private final Selector selector;
    private final Thread thread;
    private volatile boolean over;

    /** @param connecting how often it had connected; its turn to connect again, or the end of its patience with that connection */
    private record Turn(long at, ReconnectingClient client, int connecting, boolean connects)
            implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            return Long.compare(at - other.at, 0);
        }
    }

    /** So many clients of a server, which begin to connect as after a break. */
    public ReconnectingClients(URI server, int count, long seed) throws IOException {
        requireFiles(count + 500L);
        random = new SplittableRandom(seed);
        address = new InetSocketAddress(server.getHost(), server.getPort());
        selector = Selector.open();
        for (int i = 0; i < count; i++) {
            ReconnectingClient client = new ReconnectingClient(server);
            clients.add(client);
            comeBack(client);
        }
        thread = new Thread(this::run, "clients");
        thread.setDaemon(true);
        thread.start();
    }

    /** Fails with what to do when this process, and so the server that it starts, may not open so many files and sockets. */
    private static void requireFiles(long needed) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < needed) {
            throw new AssertionError("So many clients need " + needed + " open files, and a process may have only "
                    + system.getMaxFileDescriptorCount() + " here. Raise the hard limit (as root: ulimit -Hn " + needed
                    + "; ulimit -n " + needed + ") and run again, or ask for fewer with -Dcallboard.clients=.");
        }
    }

    private void run() {
        try {
            while (!over) {
                for (Runnable task = asked.poll(); task != null; task = asked.poll()) {
                    task.run();
                }
                takeTurns();
                long next = turns.isEmpty()
                        ? TimeUnit.SECONDS.toNanos(1)
                        : turns.peek().at() - System.nanoTime();
                selector.select(this::ready, Math.max(1, TimeUnit.NANOSECONDS.toMillis(next)));
            }
            for (ReconnectingClient client : clients) {
                client.lost();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void takeTurns() throws IOException {
        while (!turns.isEmpty() && turns.peek().at() - System.nanoTime() <= 0) {
            Turn turn = Objects.requireNonNull(turns.poll());
            ReconnectingClient client = turn.client();
            if (client.up() || client.connections() != turn.connecting()) {
                continue;
            }
            if (turn.connects()) {
                connect(client);
            } else if (client.open()) {
                lost(client);
            }
        }
    }

    private void connect(ReconnectingClient client) throws IOException {
        try {
            client.connect(selector, address);
            turns.add(new Turn(System.nanoTime() + CONNECT_NANOS, client, client.connections(), false));
        } catch (IOException e) {
            lost(client);
        }
    }

    private void ready(SelectionKey key) {
        ReconnectingClient client = (ReconnectingClient) key.attachment();
        try {
            client.ready(key, buffer);
        } catch (IOException e) {
            // The server ended, or refused it.
            lost(client);
        }
    }

    private void lost(ReconnectingClient client) {
        try {
            client.lost();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        comeBack(client);
    }

    private void comeBack(ReconnectingClient client) {
        long at = System.nanoTime() + delay.before(client.nextAttempt(), random);
        turns.add(new Turn(at, client, client.connections(), true));
    }

    private <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        asked.add(() -> answer.complete(question.get()));
        selector.wakeup();
        return answer.orTimeout(Patience.SOON.toSeconds(), TimeUnit.SECONDS).join();
    }

    private int count(Predicate<ReconnectingClient> which) {
        return ask(() -> (int) clients.stream().filter(which).count());
    }

    /** How many are connected and answered. */
    public int up() {
        return count(ReconnectingClient::up);
    }

    /** How many are up and have the palette of that revision with all marks up to that one. */
    public int at(long revision, int mark) {
        return count(client -> client.up() && client.revision() == revision && client.seen() == mark);
    }

    /** From now on pings count. */
    public void forgetPings() {
        ask(() -> {
            clients.forEach(ReconnectingClient::forgetPings);
            return true;
        });
    }

    /** How many were asked by the server whether they are there, since {@link #forgetPings}. */
    public int pinged() {
        return count(client -> client.up() && client.pings() > 0);
    }

    /** How often a whole palette was sent. */
    public long snapshots() {
        return ask(
                () -> clients.stream().mapToLong(ReconnectingClient::snapshots).sum());
    }

    /** What must never happen: a change that is missing, comes twice or out of order. */
    public List<String> faults() {
        return ask(() -> clients.stream()
                .map(ReconnectingClient::fault)
                .filter(Objects::nonNull)
                .toList());
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        selector.wakeup();
        thread.join(Patience.SOON.toMillis());
    }
}
