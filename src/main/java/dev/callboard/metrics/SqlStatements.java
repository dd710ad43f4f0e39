package dev.callboard.metrics;

import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.metrics.ClientMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import org.jspecify.annotations.Nullable;

/** Counts the statements that Vert.x's SQL clients send, of whatever database; measures nothing else of Vert.x. */
final class SqlStatements implements VertxMetrics {
    /** What SQL clients call themselves. */
    private static final String SQL = "sql";

    private final StoreMeters meters;

    SqlStatements(StoreMeters meters) {
        this.meters = meters;
    }

    @Override
    public @Nullable ClientMetrics<?, ?, ?> createClientMetrics(SocketAddress server, String type, String name) {
        return SQL.equals(type) ? new OfConnection() : null;
    }

    /** The statements of one connection. */
    private final class OfConnection implements ClientMetrics<Object, Object, Object> {
        @Override
        public @Nullable Object requestBegin(String uri, Object request) {
            meters.statements(1);
            return null;
        }
    }
}
