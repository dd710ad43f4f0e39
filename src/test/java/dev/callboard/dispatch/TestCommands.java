package dev.callboard.dispatch;

import dev.callboard.audit.AuditRepository;
import dev.callboard.engine.Availability;
import dev.callboard.engine.Claims;
import dev.callboard.engine.NewTasks;
import dev.callboard.engine.TaskCache;
import dev.callboard.engine.TaskChanges;
import dev.callboard.engine.TaskCommands;
import dev.callboard.palette.SecretSource;
import dev.callboard.pipelines.PluginCatalog;
import dev.callboard.problem.Ids;
import dev.callboard.sinks.DeliveryRepository;

/** Decides about tasks as the engine does. */
public final class TestCommands {
    private TestCommands() {}

    /** Of a server's tasks. */
    public static TaskCommands of(TaskServer server) {
        Ids ids = new Ids(server.clock);
        TaskChanges changes = new TaskChanges(
                new AuditRepository(server.bus, server.database, ids),
                new DeliveryRepository(server.bus, server.database, ids),
                ids);
        TaskCache cache = new TaskCache();
        server.database.keep(cache);
        return new TaskCommands(server.database, cache, changes, ids, server.clock);
    }

    /** What makes its tasks. */
    static NewTasks made(TaskServer server) {
        TaskCommands tasks = of(server);
        return new NewTasks(
                tasks,
                new Availability(
                        server.vertx, server.database, tasks, server.resolver(), PluginCatalog.NONE, SecretSource.NONE),
                new Claims(server.database, tasks, task -> server.resolver(), server.clock),
                server.clock);
    }
}
