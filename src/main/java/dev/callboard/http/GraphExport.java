package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.library.LibraryMessages;
import dev.callboard.library.LibraryMessages.GraphPiece;
import dev.callboard.library.LibraryMessages.ReadGraph;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the graph into an answer: all nodes, then all edges, piece after piece, the next when the client has taken the last. */
final class GraphExport {
    private static final Logger LOG = LoggerFactory.getLogger(GraphExport.class);

    private final Bus bus;
    private final RoutingContext context;
    private final HttpServerResponse response;
    private final GraphFormat format;
    private final @Nullable String project;
    private boolean first = true;

    GraphExport(Bus bus, RoutingContext context) {
        this.bus = bus;
        this.context = context;
        this.response = context.response();
        this.format = GraphFormat.valueOf(
                Objects.requireNonNull(Requests.parameter(context, "format")).toUpperCase(Locale.ROOT));
        this.project = LibraryApi.project(context);
    }

    void send() {
        read(false, null)
                .onSuccess(piece -> {
                    response.putHeader(HttpHeaders.CONTENT_TYPE, format.mediaType)
                            .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                            .putHeader(
                                    "Content-Disposition",
                                    "attachment; filename=\"callboard-graph." + format.suffix + "\"")
                            .setChunked(true);
                    response.write(format.head());
                    write(false, piece);
                })
                .onFailure(context::fail);
    }

    private Future<GraphPiece> read(boolean edges, @Nullable String after) {
        return bus.ask(LibraryMessages.READ, new ReadGraph(edges, project, after));
    }

    private void write(boolean edges, GraphPiece piece) {
        if (response.closed()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        piece.nodes().forEach(node -> {
            text.append(format.node(node, first));
            first = false;
        });
        piece.edges().forEach(edge -> {
            text.append(format.edge(edge, first));
            first = false;
        });
        if (!text.isEmpty()) {
            response.write(text.toString());
        }
        if (piece.next() == null && edges) {
            response.end(format.tail());
        } else if (response.writeQueueFull()) {
            response.drainHandler(drained -> more(edges, piece.next()));
        } else {
            more(edges, piece.next());
        }
    }

    private void more(boolean edges, @Nullable String next) {
        response.drainHandler(null);
        boolean ofEdges = edges || next == null;
        read(ofEdges, next).onSuccess(piece -> write(ofEdges, piece)).onFailure(failure -> {
            // Half of the answer has been sent: an end without the last chunk says that the rest is missing.
            LOG.warn("An export of the graph ended early: {}", failure.toString());
            context.request().connection().close();
        });
    }
}
