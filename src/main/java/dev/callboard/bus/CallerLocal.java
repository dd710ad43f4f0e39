package dev.callboard.bus;

import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import java.util.Objects;

/** Makes room for a {@link Caller} in every request's context, which Vert.x asks for before it starts. */
public final class CallerLocal implements VertxServiceProvider {
    @Override
    public void init(VertxBootstrap builder) {
        Objects.requireNonNull(Caller.LOCAL, "the caller has no place");
    }
}
