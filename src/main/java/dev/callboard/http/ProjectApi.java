package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.feed.TaskBody;
import dev.callboard.json.Json;
import dev.callboard.projects.ProjectMessages;
import dev.callboard.projects.ProjectMessages.ChangeProject;
import dev.callboard.projects.ProjectMessages.CreateProject;
import dev.callboard.projects.ProjectMessages.Edit;
import dev.callboard.projects.ProjectMessages.EditTemplates;
import dev.callboard.projects.ProjectMessages.GetProject;
import dev.callboard.projects.ProjectMessages.ListProjects;
import dev.callboard.projects.ProjectMessages.ListTemplates;
import dev.callboard.projects.ProjectMessages.ProjectView;
import dev.callboard.projects.ProjectMessages.TemplateView;
import dev.callboard.projects.ProjectMessages.TemplatesReply;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The calls of projects and their stage templates. It decides nothing. */
final class ProjectApi {
    private final Bus bus;

    ProjectApi(Bus bus, Operations operations) {
        this.bus = bus;
        operations.on("listProjects", context -> bus.ask(
                        ProjectMessages.LIST, new ListProjects("true".equals(Requests.parameter(context, "archived"))))
                .map(reply -> Answer.ok(
                        TaskBody.page(reply.projects().stream().map(Json::whole).toList(), null))));
        operations.on("createProject", this::create);
        operations.on("getProject", context -> bus.ask(ProjectMessages.GET, new GetProject(id(context)))
                .map(reply -> tagged(reply.project())));
        operations.on("changeProject", context -> change(context, archived(context)));
        operations.on("archiveProject", context -> change(context, true));
        operations.on(
                "listStageTemplates", context -> bus.ask(ProjectMessages.TEMPLATES, new ListTemplates(id(context)))
                        .map(ProjectApi::list));
        operations.on("addStageTemplate", context -> edit(Edit.ADD, context)
                .map(reply -> Answer.created(Json.whole(touched(reply)))));
        operations.on(
                "changeStageTemplate", context -> edit(Edit.CHANGE, context).map(reply -> {
                    TemplateView touched = touched(reply);
                    return Answer.ok(Json.whole(touched)).withEtag(Long.toString(touched.revision()));
                }));
        operations.on(
                "removeStageTemplate", context -> edit(Edit.REMOVE, context).map(ProjectApi::list));
        operations.on("restoreStageTemplate", context -> edit(Edit.RESTORE, context)
                .map(reply -> Answer.ok(Json.whole(touched(reply)))));
        operations.on(
                "reorderStageTemplates", context -> edit(Edit.REORDER, context).map(ProjectApi::list));
        operations.on("duplicateStageTemplate", context -> edit(Edit.DUPLICATE, context)
                .map(reply -> Answer.created(Json.whole(touched(reply)))));
    }

    private static String id(RoutingContext context) {
        return context.pathParam("id");
    }

    private static Answer tagged(ProjectView project) {
        return Answer.ok(Json.whole(project)).withEtag(Long.toString(project.revision()));
    }

    private Future<Answer> create(RoutingContext context) {
        return bus.ask(
                        ProjectMessages.CREATE,
                        new CreateProject(
                                Objects.requireNonNullElse(Requests.text(context, "name"), ""),
                                Objects.requireNonNullElse(Requests.text(context, "description"), ""),
                                Requests.text(context, "pipeline"),
                                Requests.makes(context)))
                .map(reply -> Answer.created(Json.whole(reply.project())));
    }

    private static @Nullable Boolean archived(RoutingContext context) {
        return Requests.object(context).get("archived") instanceof Boolean flag ? flag : null;
    }

    private Future<Answer> change(RoutingContext context, @Nullable Boolean archived) {
        return bus.ask(
                        ProjectMessages.CHANGE,
                        new ChangeProject(
                                id(context),
                                Requests.text(context, "name"),
                                Requests.text(context, "description"),
                                archived,
                                Requests.ifMatch(context)))
                .map(reply -> tagged(reply.project()));
    }

    private Future<TemplatesReply> edit(Edit edit, RoutingContext context) {
        return bus.ask(
                ProjectMessages.EDIT,
                new EditTemplates(
                        id(context),
                        edit,
                        context.pathParam("template"),
                        Requests.body(context),
                        Requests.ifMatch(context)));
    }

    private static TemplateView touched(TemplatesReply reply) {
        return Objects.requireNonNull(reply.touched());
    }

    private static Answer list(TemplatesReply reply) {
        List<Map<String, @Nullable Object>> items =
                reply.templates().stream().map(Json::whole).toList();
        return Answer.ok(TaskBody.page(items, null));
    }
}
