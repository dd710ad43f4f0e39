package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.palette.Palette;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bytes that are served often are written, hashed and compressed once. */
class CachedBodyTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void aRevisionOfThePaletteIsWrittenOnce() {
        PaletteBytes bytes = new PaletteBytes(vertx);
        Future<CachedBody> first = bytes.of(palette("a", 1));
        Future<CachedBody> meanwhile = bytes.of(palette("a", 1));
        assertThat(meanwhile).isSameAs(first);
        CachedBody written = first.await();
        assertThat(bytes.of(palette("a", 1)).await()).isSameAs(written);
        CachedBody next = bytes.of(palette("a", 2)).await();
        assertThat(next).isNotSameAs(written);
        assertThat(bytes.of(palette("b", 2)).await()).isNotSameAs(next);
    }

    @Test
    void aContractIsWrittenOnceForTheAddressThatClientsUse() {
        ServedContracts contracts =
                new ServedContracts(vertx, Map.of("/a.yaml", "a\n    host: 127.0.0.1:8080\n"), null);
        CachedBody first = contracts.at("/a.yaml", "localhost:1").await();
        assertThat(contracts.at("/a.yaml", "localhost:1").await()).isSameAs(first);
        assertThat(contracts.at("/a.yaml", "localhost:2").await()).isNotSameAs(first);
    }

    @Test
    void aFileThatWasReadAgainIsCompressedAgainOnlyWhenItChanged() {
        CachedBody before = CachedBody.of(Buffer.buffer("x".repeat(4_000)));
        assertThat(CachedBody.of(Buffer.buffer("x".repeat(4_000)), before)).isSameAs(before);
        assertThat(CachedBody.of(Buffer.buffer("y".repeat(4_000)), before)).isNotSameAs(before);
    }

    private static Palette palette(String epoch, long revision) {
        return new Palette(epoch, revision, new TreeMap<>());
    }
}
