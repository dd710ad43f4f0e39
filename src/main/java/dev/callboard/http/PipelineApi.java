package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.feed.TaskBody;
import dev.callboard.hash.Sha256;
import dev.callboard.json.Json;
import dev.callboard.pipelines.PipelineMessages;
import dev.callboard.pipelines.PipelineMessages.ListPipelines;
import dev.callboard.pipelines.PipelineMessages.ListVersions;
import dev.callboard.pipelines.PipelineMessages.PipelineRead;
import dev.callboard.pipelines.PipelineMessages.PipelineWritten;
import dev.callboard.pipelines.PipelineMessages.PutPipeline;
import dev.callboard.pipelines.PipelineMessages.ReadPipeline;
import dev.callboard.pipelines.PipelineMessages.RemovePipeline;
import dev.callboard.pipelines.PipelineMessages.ServedPipeline;
import dev.callboard.problem.ProblemException;
import dev.callboard.triggers.TriggersMessages;
import dev.callboard.triggers.TriggersMessages.FollowPipelines;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of pipelines. It decides nothing: the tasks' verticle does. */
final class PipelineApi {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineApi.class);

    /** Where bodies may be YAML. */
    static final String PATH = "/api/pipelines/";

    /** What YAML is called. */
    static final Set<String> YAML_TYPES = Set.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml");

    private static final String YAML = "application/yaml";
    private static final int PAGE = 100;

    private final Bus bus;

    PipelineApi(Bus bus, Operations operations) {
        this.bus = bus;
        operations.on("listPipelines", this::list);
        operations.on("getPipeline", this::get);
        operations.onAnyBody("putPipeline", this::put);
        operations.on("removePipeline", this::remove);
        operations.on("listPipelineVersions", this::versions);
    }

    private static String name(RoutingContext context) {
        return context.pathParam("name");
    }

    /** {@code If-None-Match: *} writes only what is not there yet (RFC 9110, 13.1.2). */
    private static boolean createsOnly(RoutingContext context) {
        String tag = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        return tag != null && tag.strip().equals("*");
    }

    private Future<Answer> list(RoutingContext context) {
        return bus.ask(PipelineMessages.LIST, new ListPipelines())
                .map(reply -> Answer.ok(TaskBody.page(
                        reply.pipelines().stream().map(TaskBody::pipeline).toList(), null)));
    }

    private Future<Answer> get(RoutingContext context) {
        String revision = Requests.parameter(context, "revision");
        boolean resolved = "true".equals(Requests.parameter(context, "resolved"));
        Long number = revision == null ? null : (long) Requests.number(context, "revision", 0);
        context.response().putHeader(HttpHeaders.VARY, "accept, accept-encoding");
        return bus.ask(PipelineMessages.READ, new ReadPipeline(name(context), number, resolved))
                .map(read -> wantsYaml(context)
                        ? new Answer(
                                200,
                                YAML,
                                read.text(),
                                // Another form of the same revision is another representation.
                                read.pipeline().revision() + "-"
                                        + Sha256.hex(read.text()).substring(0, 32))
                        : json(read));
    }

    /** JSON unless YAML is what is asked for first. */
    private static boolean wantsYaml(RoutingContext context) {
        return context.parsedHeaders().accept().stream()
                .map(type -> type.component() + "/" + type.subComponent())
                .filter(type -> YAML_TYPES.contains(type) || type.equals("application/json") || type.equals("*/*"))
                .findFirst()
                .filter(YAML_TYPES::contains)
                .isPresent();
    }

    /**
     * The ETag is the revision. What the palette, the plugins or a bad hand edit change does not change the revision, so with
     * any of these a hash follows it; {@code If-Match} looks at the revision alone.
     */
    private static Answer json(PipelineRead read) {
        ServedPipeline served = read.pipeline();
        Map<String, @Nullable Object> body = TaskBody.pipeline(served);
        body.put("definition", read.definition());
        boolean changeable = read.resolved() != null
                || !served.errors().isEmpty()
                || !served.unavailable().isEmpty();
        if (read.resolved() != null && body.get("stages") instanceof List<?> stages) {
            body.put("stages", withResolved(stages, read.resolved()));
        }
        Answer answer = Answer.ok(body);
        String hash = Sha256.hex(answer.body()).substring(0, 16);
        return answer.withEtag(changeable ? served.revision() + "-" + hash : Long.toString(served.revision()));
    }

    private static List<?> withResolved(List<?> stages, List<?> resolved) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            Map<String, @Nullable Object> stage = new LinkedHashMap<>();
            if (Json.plain(stages.get(i)) instanceof Map<?, ?> members) {
                members.forEach((key, value) -> stage.put(String.valueOf(key), value));
            }
            stage.put("resolved", resolved.get(i));
            all.add(stage);
        }
        return all;
    }

    private Future<Answer> put(RoutingContext context) {
        String type = JsonBody.mediaType(context.request().getHeader(HttpHeaders.CONTENT_TYPE));
        Object body = Requests.body(context);
        if (body == null) {
            throw ProblemException.invalid("invalid_pipeline", "The body must be a pipeline in JSON or YAML.");
        }
        boolean yaml = YAML_TYPES.contains(String.valueOf(type));
        if (!yaml && !(body instanceof Map<?, ?>)) {
            throw ProblemException.invalid("invalid_pipeline", "A pipeline must be an object with name and stages.");
        }
        PutPipeline ask = new PutPipeline(
                name(context),
                body,
                yaml ? YAML : "application/json",
                createsOnly(context) ? Long.valueOf(0) : Requests.ifMatch(context));
        return bus.ask(PipelineMessages.PUT, ask).compose(this::followed).map(PipelineApi::written);
    }

    /** Whoever has the answer finds the triggers as the pipeline says, if it has any. It is stored, whatever they do. */
    private Future<PipelineWritten> followed(PipelineWritten written) {
        if (!written.fires()) {
            return Future.succeededFuture(written);
        }
        return bus.ask(TriggersMessages.FOLLOW, new FollowPipelines())
                .onFailure(failure ->
                        LOG.warn("The triggers of '{}' follow later: {}", written.name(), failure.toString()))
                .transform(followed -> Future.succeededFuture(written));
    }

    private static Answer written(PipelineWritten written) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", true);
        body.put("name", written.name());
        body.put("revision", written.revision());
        body.put("warnings", written.warnings());
        return (written.created() ? Answer.created(body) : Answer.ok(body)).withEtag(Long.toString(written.revision()));
    }

    private Future<Answer> remove(RoutingContext context) {
        RemovePipeline ask = new RemovePipeline(name(context), Requests.ifMatch(context));
        return bus.ask(PipelineMessages.REMOVE, ask).compose(this::followed).map(removed -> {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("ok", true);
            body.put("name", removed.name());
            body.put("revision", removed.revision());
            return Answer.ok(body);
        });
    }

    private Future<Answer> versions(RoutingContext context) {
        String cursor = Requests.parameter(context, "cursor");
        Long before = cursor == null ? null : (long) Requests.number(context, "cursor", 0);
        ListVersions ask = new ListVersions(name(context), before, Requests.number(context, "limit", PAGE));
        return bus.ask(PipelineMessages.VERSIONS, ask).map(reply -> {
            Long next = reply.next();
            return Answer.ok(TaskBody.page(
                    reply.versions().stream().map(Json::whole).toList(), next == null ? null : next.toString()));
        });
    }
}
