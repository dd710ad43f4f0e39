package dev.callboard.fork;

import dev.callboard.spi.BlobStore;
import dev.callboard.spi.StageContext;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A context whose time is long ago, with blobs in memory, named by their sizes. */
final class ForkContext implements StageContext, BlobStore {
    static final Instant NOW = Instant.parse("2001-02-03T04:05:06.789Z");
    static final int BLOB_LIMIT = 3_000_000;

    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<String> progress = new CopyOnWriteArrayList<>();
    final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

    @Override
    public String taskId() {
        return "task";
    }

    @Override
    public String stageName() {
        return "stage";
    }

    @Override
    public List<Map<String, Object>> inputs() {
        return List.of();
    }

    @Override
    public Map<String, Object> state() {
        return Map.of();
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("a", 1);
    }

    @Override
    public Map<String, Object> pluginSettings() {
        return Map.of("b", 2);
    }

    @Override
    public Map<String, Object> ledger() {
        return Map.of("c", 3);
    }

    @Override
    public Map<String, Object> memory() {
        return Map.of("d", 4);
    }

    @Override
    public Instant now() {
        return NOW;
    }

    @Override
    public void writeLedger(String key, Object value) {
        lines.add(key + "=" + value);
    }

    @Override
    public int attempt() {
        return 3;
    }

    @Override
    public String idempotencyKey() {
        return "key";
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.empty();
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void progress(long done, long total, String message) {
        progress.add(done + "/" + total + " " + message);
    }

    @Override
    public void log(String line) {
        lines.add(line);
    }

    @Override
    public BlobStore blobs() {
        return this;
    }

    @Override
    public InputStream open(String name) throws IOException {
        if (!blobs.containsKey(name)) {
            throw new FileNotFoundException("there is no blob " + name);
        }
        return new ByteArrayInputStream(blobs.get(name));
    }

    @Override
    public long size(String name) {
        return blobs.containsKey(name) ? blobs.get(name).length : -1;
    }

    @Override
    public String put(InputStream bytes) throws IOException {
        byte[] all = bytes.readNBytes(BLOB_LIMIT + 1);
        if (all.length > BLOB_LIMIT) {
            throw new IOException("more than " + BLOB_LIMIT + " bytes");
        }
        String name = Integer.toString(all.length);
        blobs.put(name, all);
        return name;
    }
}
