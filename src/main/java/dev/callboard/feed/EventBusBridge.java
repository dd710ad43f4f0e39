package dev.callboard.feed;

import dev.callboard.bus.Bus;
import dev.callboard.metrics.WebMeters;
import dev.callboard.palette.PaletteChange;
import dev.callboard.palette.StageDefinitionWriter;
import dev.callboard.registry.RegistryMessages;
import dev.callboard.registry.RegistryMessages.PaletteChanged;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.TaskChanged;
import io.vertx.core.Vertx;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's bridge of its event bus for Vert.x clients, outbound only: they may register at {@value #PALETTE} and
 * {@value #TASKS}, where nothing but copies of changes is published. What they send and publish is refused, as is every other
 * address, so nothing of theirs reaches the bus. WebSockets only, SockJS's or raw ones. Lives on one event loop.
 */
public final class EventBusBridge {
    static final String PATH = "/eventbus";
    static final String PALETTE = "palette.updates";
    static final String TASKS = "tasks.updates";

    /** A client registers once an address, whatever number of handlers it has itself. */
    private static final int MAX_REGISTRATIONS = 8;

    private final Bus bus;
    private final WebMeters meters;
    private final Duration silence;
    private final int maxConnections;
    private final Set<SockJSSocket> sockets = new LinkedHashSet<>();

    /**
     * Publishes to nobody yet.
     *
     * @param silence a client that sends no ping for so long is disconnected
     * @param maxConnections of these clients
     */
    public EventBusBridge(Bus bus, WebMeters meters, Duration silence, int maxConnections) {
        this.bus = bus;
        this.meters = meters;
        this.silence = silence;
        this.maxConnections = maxConnections;
        bus.listen(RegistryMessages.PALETTE_CHANGED, this::palette);
        bus.listen(TaskMessages.CHANGED, this::task);
    }

    /** Whether a path is the bridge's. */
    public static boolean owns(@Nullable String path) {
        return path != null && (path.equals(PATH) || path.startsWith(PATH + "/"));
    }

    /** Its routes, the guards of which come before it. */
    public void mount(Router router, Vertx vertx) {
        SockJSHandlerOptions webSocketsOnly = new SockJSHandlerOptions().setInsertJSESSIONID(false);
        for (String other : new String[] {"EVENT_SOURCE", "HTML_FILE", "JSON_P", "XHR"}) {
            webSocketsOnly.addDisabledTransport(other);
        }
        SockJSBridgeOptions options =
                new SockJSBridgeOptions().setPingTimeout(silence.toMillis()).setMaxHandlersPerSocket(MAX_REGISTRATIONS);
        options.addOutboundPermitted(new PermittedOptions().setAddress(PALETTE));
        options.addOutboundPermitted(new PermittedOptions().setAddress(TASKS));
        router.route("/eventbus/*")
                .subRouter(SockJSHandler.create(vertx, webSocketsOnly).bridge(options, this::event));
    }

    /** Decides what of a client's doings goes on; the permitted addresses are checked after this. */
    void event(BridgeEvent event) {
        switch (event.type()) {
            case SOCKET_CREATED -> event.complete(sockets.size() < maxConnections && sockets.add(event.socket()));
            case SOCKET_CLOSED, SOCKET_ERROR -> {
                sockets.remove(event.socket());
                event.complete(true);
            }
            case SEND, PUBLISH -> event.complete(false);
            case RECEIVE -> event.complete(keepsUp(event.socket()));
            default -> event.complete(true);
        }
    }

    /** Who reads too slowly is cut off, which it sees: on these addresses there is no snapshot that would close a gap. */
    private boolean keepsUp(SockJSSocket socket) {
        if (!socket.writeQueueFull()) {
            return true;
        }
        if (sockets.remove(socket)) {
            meters.dropped(WebMeters.Drop.SLOW);
            socket.close(1013, "reads too slowly");
        }
        return false;
    }

    private void palette(PaletteChanged event) {
        if (sockets.isEmpty()) {
            return;
        }
        for (PaletteChange change : event.changes()) {
            Map<String, @Nullable Object> update = new LinkedHashMap<>();
            update.put("kind", change.kind().word());
            update.put("epoch", event.epoch());
            update.put("revision", change.revision());
            update.put("stage", StageDefinitionWriter.entry(change.entry()));
            bus.publishOutside(PALETTE, update);
        }
    }

    /** Which task, and no more: what is in it, its reader asks for. */
    private void task(TaskChanged event) {
        if (sockets.isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> update = new LinkedHashMap<>();
        update.put("kind", kind(event));
        update.put("id", event.task().id());
        update.put("revision", event.task().revision());
        update.put("status", event.task().status());
        bus.publishOutside(TASKS, update);
    }

    private static String kind(TaskChanged event) {
        if (event.added()) {
            return "added";
        }
        return event.task().archivedAt() == null ? "updated" : "removed";
    }

    /** Closes all of its sockets; the server stops. */
    public void closeAll() {
        Set.copyOf(sockets).forEach(socket -> socket.close(1001, "the server stops"));
    }
}
