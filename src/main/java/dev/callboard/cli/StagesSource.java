package dev.callboard.cli;

import dev.callboard.Callboard;
import dev.callboard.bus.Address;
import dev.callboard.config.ConfigException;
import dev.callboard.json.Json;
import dev.callboard.palette.PaletteWriter;
import dev.callboard.registry.RegistryMessages;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Where the {@code stages} command finds the palette: a server, or the folders of this machine. */
interface StagesSource extends AutoCloseable {
    static StagesSource open(@Nullable String server, FolderOptions folders)
            throws ConfigException, ExecutionException, InterruptedException {
        return server == null ? new Local(folders) : new Remote(server);
    }

    Map<?, ?> list() throws ExecutionException, InterruptedException, IOException;

    Map<?, ?> add(@Nullable Object definition) throws ExecutionException, InterruptedException, IOException;

    Map<?, ?> remove(String id) throws ExecutionException, InterruptedException, IOException;

    @Override
    void close() throws ExecutionException, InterruptedException;

    /** A running server. */
    final class Remote implements StagesSource {
        private final RemoteServer server;

        private Remote(String url) {
            this.server = new RemoteServer(url);
        }

        @Override
        public Map<?, ?> list() throws InterruptedException, IOException {
            return server.get("/api/vp/stages");
        }

        @Override
        public Map<?, ?> add(@Nullable Object definition) throws InterruptedException, IOException {
            return server.send("POST", "/api/vp/stages", definition);
        }

        @Override
        public Map<?, ?> remove(String id) throws InterruptedException, IOException {
            return server.send("DELETE", "/api/vp/stages/" + id, null);
        }

        @Override
        public void close() {}
    }

    /** The folders of this machine, as long as no server holds them. */
    final class Local implements StagesSource {
        private final Callboard callboard;

        private Local(FolderOptions folders) throws ConfigException, ExecutionException, InterruptedException {
            callboard = Callboard.start(folders.load(), false);
        }

        private static <T> T get(Future<T> future) throws ExecutionException, InterruptedException {
            return future.toCompletionStage().toCompletableFuture().get();
        }

        private <Q extends Record, R extends Record> R ask(Address<Q, R> address, Q request)
                throws ExecutionException, InterruptedException {
            return get(callboard.bus().ask(address, request));
        }

        @Override
        public Map<?, ?> list() throws ExecutionException, InterruptedException {
            return PaletteWriter.whole(ask(RegistryMessages.PALETTE_GET, new RegistryMessages.GetPalette())
                    .palette());
        }

        @Override
        public Map<?, ?> add(@Nullable Object definition) throws ExecutionException, InterruptedException {
            return plain(ask(RegistryMessages.STAGE_ADD, new RegistryMessages.AddStage(definition)));
        }

        @Override
        public Map<?, ?> remove(String id) throws ExecutionException, InterruptedException {
            return plain(ask(RegistryMessages.STAGE_REMOVE, new RegistryMessages.RemoveStage(id, null)));
        }

        private static Map<?, ?> plain(Record reply) {
            return Json.plain(reply) instanceof Map<?, ?> map ? map : Map.of();
        }

        @Override
        public void close() throws ExecutionException, InterruptedException {
            callboard.stop();
        }
    }
}
