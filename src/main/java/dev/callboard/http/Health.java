package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.plugins.PluginStatus;
import dev.callboard.problem.FileFaults;
import dev.callboard.problem.ProblemException;
import dev.callboard.registry.RegistryMessages;
import dev.callboard.registry.RegistryMessages.GetPalette;
import dev.callboard.registry.RegistryMessages.GetPlugins;
import dev.callboard.registry.RegistryMessages.PaletteReply;
import dev.callboard.registry.StagesFileStatus;
import dev.callboard.secrets.SecretsMessages;
import dev.callboard.secrets.SecretsMessages.ListSecrets;
import dev.callboard.store.Database;
import dev.callboard.store.StorageState;
import dev.callboard.time.SteadyClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether each thing that the server needs works: {@code up}, {@code degraded} (it serves, with less) or {@code down}. */
final class Health {
    /** Below this the disk is low. */
    private static final long LOW_BYTES = 512L << 20;

    private static final long WRITE_EVERY_NANOS = 1_000_000_000L;

    private final Vertx vertx;
    private final Bus bus;
    private final Database database;
    private final Path data;
    private final SteadyClock clock;
    private @Nullable Future<Void> lastWrite;
    private long wroteAt;

    Health(Vertx vertx, Bus bus, Database database, Path data, SteadyClock clock) {
        this.vertx = vertx;
        this.bus = bus;
        this.database = database;
        this.data = data;
        this.clock = clock;
    }

    /**
     * One dependency.
     *
     * @param status {@code up}, {@code degraded} or {@code down}
     * @param data what there is to know beside it
     */
    record Check(String name, String status, Map<String, Object> data) {}

    /** All of them. */
    record Checked(List<Check> checks) {
        /** Whether the server can be sent work. */
        boolean up() {
            return checks.stream().noneMatch(check -> check.status().equals("down"));
        }

        String status() {
            if (!up()) {
                return "down";
            }
            return checks.stream().anyMatch(check -> check.status().equals("degraded")) ? "degraded" : "up";
        }
    }

    /** Looks at each; never fails. */
    Future<Checked> check() {
        Future<PaletteReply> asked = bus.ask(RegistryMessages.PALETTE_GET, new GetPalette());
        List<Future<Check>> checks = List.of(
                check("database", writes(), stored -> database(database.storage())),
                check(
                        "palette",
                        asked,
                        reply -> palette(reply.file(), reply.palette().revision())),
                check("stages_file", asked, reply -> stagesFile(reply.file())),
                check(
                        "plugins",
                        bus.ask(RegistryMessages.PLUGINS_GET, new GetPlugins()),
                        reply -> plugins(reply.plugins())),
                check("secrets", bus.ask(SecretsMessages.LIST, new ListSecrets()), reply -> secrets(reply.fault())),
                check(
                        "disk",
                        vertx.executeBlocking(() -> Files.getFileStore(data).getUsableSpace()),
                        usable -> disk(usable, database.storage().reserveBytes())),
                Future.succeededFuture(clock(clock.ahead())));
        return Future.join(checks)
                .map(all -> new Checked(checks.stream().map(Future::result).toList()));
    }

    /** Anybody may ask; not everybody's asking is a write. */
    private Future<Void> writes() {
        Future<Void> known = lastWrite;
        if (known != null && !known.failed() && System.nanoTime() - wroteAt < WRITE_EVERY_NANOS) {
            return known;
        }
        wroteAt = System.nanoTime();
        Future<Void> written = database.checkWrite();
        lastWrite = written;
        return written;
    }

    private static <T> Future<Check> check(String name, Future<T> asked, Function<T, Check> look) {
        return asked.map(look)
                .recover(failure -> Future.succeededFuture(new Check(name, "down", Map.of("detail", detail(failure)))));
    }

    private static String detail(Throwable failure) {
        return failure instanceof ProblemException expected ? expected.problem().detail() : FileFaults.reason(failure);
    }

    private static Check database(StorageState storage) {
        return storage.findings().isEmpty()
                ? up("database", Map.of("write", "ok"))
                : new Check("database", "degraded", Map.of("write", "ok", "damage", storage.findings()));
    }

    private static Check up(String name, Map<String, Object> data) {
        return new Check(name, "up", data);
    }

    private static Check palette(StagesFileStatus file, long revision) {
        return file.readable()
                ? up("palette", Map.of("revision", revision))
                : new Check(
                        "palette", "degraded", Map.of("revision", revision, "detail", String.valueOf(file.detail())));
    }

    private static Check stagesFile(StagesFileStatus file) {
        if (file.readable()) {
            return up("stages_file", Map.of("path", file.path()));
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("path", file.path());
        if (file.line() != null) {
            data.put("line", String.valueOf(file.line()));
            data.put("column", String.valueOf(file.column()));
        }
        data.put("detail", String.valueOf(file.detail()));
        data.put("backup", file.backup());
        return new Check("stages_file", "degraded", data);
    }

    private static Check plugins(List<PluginStatus> plugins) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(
                "loaded",
                plugins.stream()
                        .filter(plugin -> plugin.state().equals("loaded"))
                        .map(PluginStatus::file)
                        .toList());
        List<String> refused = plugins.stream()
                .filter(plugin -> plugin.state().equals("refused"))
                .map(plugin -> plugin.file() + ": " + plugin.reason())
                .toList();
        if (!refused.isEmpty()) {
            data.put("refused", refused);
        }
        return new Check("plugins", refused.isEmpty() ? "up" : "degraded", data);
    }

    /** Stages without secrets run all the same. */
    private static Check secrets(@Nullable String fault) {
        return fault == null ? up("secrets", Map.of()) : new Check("secrets", "degraded", Map.of("detail", fault));
    }

    /** Tasks and people go by different times. */
    private static Check clock(Duration ahead) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("machine_ahead_ms", ahead.toMillis());
        if (!SteadyClock.noticed(ahead)) {
            return up("clock", data);
        }
        data.put("detail", SteadyClock.sentence(ahead));
        return new Check("clock", "degraded", data);
    }

    /** Below the reserve changes are refused. */
    private static Check disk(long usable, long reserve) {
        String status = usable < reserve ? "down" : usable < LOW_BYTES ? "degraded" : "up";
        return new Check(
                "disk", status, Map.of("usable_bytes", usable, "low_below_bytes", LOW_BYTES, "reserve_bytes", reserve));
    }
}
