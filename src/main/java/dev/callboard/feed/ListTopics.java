package dev.callboard.feed;

import dev.callboard.audit.AuditMessages;
import dev.callboard.audit.AuditQuery;
import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Bus;
import dev.callboard.json.Json;
import dev.callboard.pipelines.PipelineMessages;
import dev.callboard.pipelines.PipelineMessages.ListPipelines;
import dev.callboard.projects.ProjectMessages;
import dev.callboard.projects.ProjectMessages.ListProjects;
import dev.callboard.registry.RegistryMessages;
import dev.callboard.registry.RegistryMessages.GetPlugins;
import dev.callboard.triggers.TriggersMessages;
import dev.callboard.triggers.TriggersMessages.ListTriggers;
import dev.callboard.workers.WorkersMessages;
import dev.callboard.workers.WorkersMessages.ListWorkers;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;

/** The lists that clients of the feed can follow: what the calls of the same names list, kept up to date. */
public final class ListTopics {
    /** The names of the topics. */
    public static final List<String> NAMES =
            List.of("tasks", "pipelines", "projects", "plugins", "audit", "triggers", "workers");

    private static final int ENTRIES = 100;

    private ListTopics() {}

    /** Offers them, and follows what changes them. */
    public static void offer(Bus bus, Vertx vertx, Feed feed, AuditRepository audit) {
        new TasksTopic(bus, vertx, feed);
        pipelines(bus, feed);
        projects(bus, feed);
        plugins(bus, feed);
        audit(bus, feed, audit);
        triggers(bus, feed);
        workers(bus, feed);
    }

    /** Without the addresses of webhooks: those are for the ones that may use them. */
    private static void triggers(Bus bus, Feed feed) {
        ListTopic topic = new ListTopic(feed, "triggers", "trigger", ListTopic.items(() -> bus.ask(
                        TriggersMessages.LIST, new ListTriggers(null))
                .map(reply -> reply.triggers().stream()
                        .map(listed -> Json.whole(listed.trigger()))
                        .toList())));
        bus.listen(TriggersMessages.CHANGED, event -> {
            if (event.removed()) {
                topic.removed(Json.whole(event.trigger()));
            } else {
                topic.updated(Json.whole(event.trigger()));
            }
        });
    }

    private static void workers(Bus bus, Feed feed) {
        ListTopic topic = new ListTopic(
                feed, "workers", "worker", ListTopic.items(() -> bus.ask(WorkersMessages.LIST, new ListWorkers())
                        .map(reply -> reply.workers())));
        bus.listen(WorkersMessages.CHANGED, event -> {
            event.gone().forEach(worker -> topic.removed(Map.of("type", worker.type(), "name", worker.name())));
            event.changed().forEach(topic::updated);
        });
    }

    private static void pipelines(Bus bus, Feed feed) {
        ListTopic topic = new ListTopic(feed, "pipelines", "pipeline", ListTopic.items(() -> bus.ask(
                        PipelineMessages.LIST, new ListPipelines())
                .map(reply -> reply.pipelines().stream().map(TaskBody::pipeline).toList())));
        bus.listen(PipelineMessages.CHANGED, event -> {
            event.removed().forEach(name -> topic.removed(Map.of("name", name)));
            event.changed().forEach(pipeline -> topic.updated(TaskBody.pipeline(pipeline)));
        });
    }

    private static void projects(Bus bus, Feed feed) {
        ListTopic topic = new ListTopic(feed, "projects", "project", ListTopic.items(() -> bus.ask(
                        ProjectMessages.LIST, new ListProjects(false))
                .map(reply -> reply.projects().stream().map(Json::whole).toList())));
        bus.listen(ProjectMessages.CHANGED, event -> {
            if (event.added()) {
                topic.added(Json.whole(event.project()));
            } else if (event.project().archivedAt() == null) {
                topic.updated(Json.whole(event.project()));
            } else {
                topic.removed(Json.whole(event.project()));
            }
        });
    }

    private static void audit(Bus bus, Feed feed, AuditRepository audit) {
        ListTopic topic =
                new ListTopic(feed, "audit", "entry", ListTopic.items(() -> audit.page(AuditQuery.ALL, ENTRIES)
                        .map(page -> page.entries().stream().map(Json::whole).toList())));
        bus.listen(
                AuditMessages.ADDED,
                event -> event.entries().stream().map(Json::whole).forEach(topic::added));
    }

    private static void plugins(Bus bus, Feed feed) {
        ListTopic topic = new ListTopic(
                feed, "plugins", "plugin", ListTopic.items(() -> bus.ask(RegistryMessages.PLUGINS_GET, new GetPlugins())
                        .map(reply -> reply.plugins())));
        bus.listen(RegistryMessages.PLUGINS_CHANGED, event -> {
            event.removed().forEach(file -> topic.removed(Map.of("file", file)));
            event.changed().forEach(topic::updated);
        });
    }
}
