package dev.callboard.bus;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.spi.context.storage.AccessMode;
import io.vertx.core.spi.context.storage.ContextLocal;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for the work at hand, and from where. It belongs to a request and goes with it, beside the messages and not in
 * them: from the web server over the bus to whoever does the work, and to the requests that these make in turn.
 *
 * @param name who; unverified as long as there is no authentication. Of what is found in a folder nobody knows who put it
 *     there, so its place stands in: {@code file: pipelines/auto.yaml}, {@code folder: plugins/some.jar}
 * @param from {@code api <remote address>}, {@code cli} for a command without a server, {@code engine} for the server
 *     itself, {@code file} and {@code plugins folder} for what is found there
 */
public record Caller(String name, String from) {
    /** The server itself. */
    public static final Caller ENGINE = new Caller("engine", "engine");

    /** A command of this machine that works without a server. */
    private static final Caller COMMAND = new Caller("cli", "cli");

    private static final String NAME = "callboard-caller";
    private static final String FROM = "callboard-from";

    /** Made before any Vert.x instance: {@link CallerLocal} is one of its services. */
    static final ContextLocal<Caller> LOCAL = ContextLocal.registerLocal(Caller.class);

    /** Checks that both are there. */
    public Caller {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(from, "from is null");
    }

    /**
     * Somebody who edits a file that the server follows.
     *
     * @param path of the file; its folder's name and its own are told, not where on the machine they are
     */
    public static Caller file(Path path) {
        Path folder = path.toAbsolutePath().normalize().getParent();
        String parent = folder == null || folder.getFileName() == null ? "" : folder.getFileName() + "/";
        return new Caller("file: " + parent + path.getFileName(), "file");
    }

    /**
     * Somebody who drops, replaces or deletes a jar in the plugins folder.
     *
     * @param jar the jar's file name, empty when it is not known which
     */
    public static Caller plugins(String jar) {
        return new Caller("folder: plugins/" + jar, "plugins folder");
    }

    /** Who asked for the work at hand; the engine when nobody did. */
    public static Caller current() {
        Context context = Vertx.currentContext();
        if (context == null) {
            return COMMAND;
        }
        Caller caller = context.getLocal(LOCAL, AccessMode.CONCURRENT);
        return caller == null ? ENGINE : caller;
    }

    /** From here on the request at hand is this caller's. */
    public void enter() {
        Context context = Vertx.currentContext();
        if (context != null) {
            context.putLocal(LOCAL, AccessMode.CONCURRENT, this);
        }
    }

    DeliveryOptions on(DeliveryOptions options) {
        return options.addHeader(NAME, name).addHeader(FROM, from);
    }

    static void enter(Message<?> message) {
        @Nullable String name = message.headers().get(NAME);
        @Nullable String from = message.headers().get(FROM);
        if (name != null && from != null) {
            new Caller(name, from).enter();
        }
    }
}
