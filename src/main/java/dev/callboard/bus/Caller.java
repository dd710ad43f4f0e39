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
 * @param kind what it is; a name never says that
 * @param name who; unverified as long as there is no authentication. Of what is found in a folder nobody knows who put it
 *     there, so its place stands in: {@code file: pipelines/auto.yaml}, {@code folder: plugins/some.jar}
 * @param from {@code api <remote address>}, {@code cli} for a command without a server, {@code engine} for the server
 *     itself, {@code file} and {@code plugins folder} for what is found there
 */
public record Caller(Kind kind, String name, String from) {
    /** What may ask for something. */
    public enum Kind {
        /** Somebody who uses the API. */
        PERSON,
        /** A command of this machine that works without a server. */
        COMMAND,
        /** Whoever changed a file or folder that the server follows. */
        FOLDER,
        /** The rules by which a stage suggests other stages. */
        RULES,
        /** The model that did a stage. */
        MODEL,
        /** The server itself: what follows from something that was asked for before. */
        ENGINE
    }

    private static final String SERVER = "engine";
    private static final int MAX_NAME = 120;

    /** The server itself. */
    public static final Caller ENGINE = new Caller(Kind.ENGINE, SERVER, SERVER);

    /** The rules of a stage. */
    public static final Caller RULES = new Caller(Kind.RULES, "rules", SERVER);

    /** The model of a stage. */
    public static final Caller MODEL = new Caller(Kind.MODEL, "model", SERVER);

    private static final Caller LOCAL_COMMAND = new Caller(Kind.COMMAND, "cli", "cli");

    private static final String KIND_HEADER = "callboard-caller-kind";
    private static final String NAME_HEADER = "callboard-caller";
    private static final String FROM_HEADER = "callboard-from";

    /** Made before any Vert.x instance: {@link CallerLocal} is one of its services. */
    static final ContextLocal<Caller> LOCAL = ContextLocal.registerLocal(Caller.class);

    /** Checks that all are there. */
    public Caller {
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(from, "from is null");
    }

    /**
     * Somebody who uses the API.
     *
     * @param address from where
     */
    public static Caller person(String name, String address) {
        return new Caller(Kind.PERSON, name, "api " + address);
    }

    /** Somebody whose request a server that ended did not finish; this one does it now. */
    public static Caller earlier(String name) {
        return new Caller(Kind.PERSON, name, SERVER);
    }

    /**
     * The source of a pipeline that starts a task by itself.
     *
     * @param name of pipeline and source
     * @param from where a request came from, {@code engine} when nothing did
     */
    public static Caller source(String name, String from) {
        String text = "source: " + name;
        return new Caller(Kind.ENGINE, text.length() > MAX_NAME ? text.substring(0, MAX_NAME) : text, from);
    }

    /**
     * Somebody who edits a file that the server follows.
     *
     * @param path of the file; its folder's name and its own are published, not where on the machine they are
     */
    public static Caller file(Path path) {
        Path folder = path.toAbsolutePath().normalize().getParent();
        String parent = folder == null || folder.getFileName() == null ? "" : folder.getFileName() + "/";
        return new Caller(Kind.FOLDER, "file: " + parent + path.getFileName(), "file");
    }

    /**
     * Somebody who drops, replaces or deletes a jar in the plugins folder.
     *
     * @param jar the jar's file name, empty when it is not known which
     */
    public static Caller plugins(String jar) {
        return new Caller(Kind.FOLDER, "folder: plugins/" + jar, "plugins folder");
    }

    /** Who asked for the work at hand; the engine when nobody did. */
    public static Caller current() {
        Context context = Vertx.currentContext();
        if (context == null) {
            return LOCAL_COMMAND;
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
        return options.addHeader(KIND_HEADER, kind.name())
                .addHeader(NAME_HEADER, name)
                .addHeader(FROM_HEADER, from);
    }

    static void enter(Message<?> message) {
        @Nullable String kind = message.headers().get(KIND_HEADER);
        @Nullable String name = message.headers().get(NAME_HEADER);
        @Nullable String from = message.headers().get(FROM_HEADER);
        if (kind != null && name != null && from != null) {
            new Caller(Kind.valueOf(kind), name, from).enter();
        }
    }
}
