package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.config.PublicUrl;
import dev.callboard.feed.TaskBody;
import dev.callboard.json.Json;
import dev.callboard.triggers.TriggersMessages;
import dev.callboard.triggers.TriggersMessages.Command;
import dev.callboard.triggers.TriggersMessages.CommandTrigger;
import dev.callboard.triggers.TriggersMessages.ListTriggers;
import dev.callboard.triggers.TriggersMessages.ListedTrigger;
import dev.callboard.triggers.TriggersMessages.PostHook;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The calls of triggers, and the addresses of webhooks. It decides nothing. */
final class TriggersApi {
    /** Where webhooks are: any body, any query. */
    static final String HOOKS = "/api/hooks/";

    /** Longer than usual: a task is made, as {@link TaskApi} does. */
    private static final long CREATE_MS = 40_000;

    private static final String NEW_ADDRESS_ELSEWHERE =
            "The webhook has a new address. It is url in GET /api/triggers: the answers to requests with an"
                    + " Idempotency-Key are kept, and addresses are not.";

    private final Bus bus;
    private final @Nullable PublicUrl publicUrl;

    TriggersApi(Bus bus, @Nullable PublicUrl publicUrl, Operations operations) {
        this.bus = bus;
        this.publicUrl = publicUrl;
        operations.on("listTriggers", this::list);
        operations.on("fireTrigger", context -> command(context, Command.FIRE));
        operations.on("pauseTrigger", context -> command(context, Command.PAUSE));
        operations.on("resumeTrigger", context -> command(context, Command.RESUME));
        operations.on("rotateTrigger", context -> command(context, Command.ROTATE));
        operations.anything("postHook", this::hook);
    }

    private Future<Answer> list(RoutingContext context) {
        return bus.ask(TriggersMessages.LIST, new ListTriggers(Requests.parameter(context, "pipeline")))
                .map(reply -> Answer.ok(TaskBody.page(
                        reply.triggers().stream()
                                .map(trigger -> body(context, trigger))
                                .toList(),
                        null)));
    }

    private Map<String, @Nullable Object> body(RoutingContext context, ListedTrigger listed) {
        Map<String, @Nullable Object> body = Json.whole(listed.trigger());
        if (listed.token() != null) {
            String base = publicUrl == null
                    ? "http://" + context.request().getHeader("Host")
                    : publicUrl.origin() + publicUrl.prefix();
            body.put("url", base + HOOKS + listed.token());
        }
        return body;
    }

    private Future<Answer> command(RoutingContext context, Command command) {
        return bus.ask(TriggersMessages.COMMAND, new CommandTrigger(context.pathParam("id"), command), CREATE_MS)
                .map(reply -> {
                    Map<String, @Nullable Object> body = new LinkedHashMap<>();
                    body.put("ok", true);
                    boolean rotated = command == Command.ROTATE;
                    // Answers to keys are kept: their tokens would be too.
                    boolean kept = context.request().getHeader(Idempotency.HEADER) != null;
                    body.put(
                            "trigger",
                            rotated && !kept
                                    ? body(context, reply.trigger())
                                    : Json.whole(reply.trigger().trigger()));
                    body.put("task_id", reply.taskId());
                    String message = rotated && kept ? NEW_ADDRESS_ELSEWHERE : reply.message();
                    if (message != null) {
                        body.put("message", message);
                    }
                    return Answer.ok(body);
                });
    }

    private void hook(RoutingContext context) {
        Buffer sent = context.body() == null ? null : context.body().buffer();
        PostHook ask = new PostHook(
                context.pathParam("token"),
                Objects.requireNonNullElseGet(sent, Buffer::buffer),
                firsts(context.request().headers()),
                firsts(context.queryParams()));
        bus.ask(TriggersMessages.HOOK, ask, CREATE_MS)
                .map(reply -> Answer.json(202, Map.of("task_id", reply.taskId())))
                .onSuccess(answer -> answer.send(context))
                .onFailure(context::fail);
    }

    private static Map<String, String> firsts(MultiMap values) {
        Map<String, String> firsts = new LinkedHashMap<>();
        values.forEach(entry -> firsts.putIfAbsent(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue()));
        return firsts;
    }
}
