package dev.callboard.http;

import dev.callboard.bus.Address;
import dev.callboard.bus.Bus;
import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.ApproveTask;
import dev.callboard.engine.ExecutionMessages.Chosen;
import dev.callboard.engine.ExecutionMessages.GetTimeline;
import dev.callboard.engine.ExecutionMessages.PutSelection;
import dev.callboard.engine.ExecutionMessages.RedoTask;
import dev.callboard.engine.ExecutionMessages.TaskMoved;
import dev.callboard.engine.LedgerMessages;
import dev.callboard.engine.LedgerMessages.WriteLedger;
import dev.callboard.feed.TaskBody;
import dev.callboard.json.Json;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.problem.WholeNumbers;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.GetTask;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls by which people decide, and write to the ledger. The contract has checked the types of what they send. */
final class DecisionApi {
    /** Longer than usual: a thousand decisions at once take their turn. */
    private static final long TIMEOUT_MS = 20_000;

    private final Bus bus;

    DecisionApi(Bus bus, Operations operations) {
        this.bus = bus;
        operations.on("approveTask", context -> moved(ExecutionMessages.APPROVE, approve(context), context));
        operations.on("redoTask", context -> moved(ExecutionMessages.REDO, redo(context), context));
        operations.on("putSelection", this::select);
        operations.on("writeLedger", this::ledger);
        operations.on("getTimeline", this::timeline);
    }

    private static String id(RoutingContext context) {
        return context.pathParam("id");
    }

    private static ApproveTask approve(RoutingContext context) {
        Map<?, ?> body = Requests.object(context);
        return new ApproveTask(
                id(context),
                Requests.text(context, "execution_id"),
                body.get("selected_stage_ids") instanceof List<?> ids
                        ? ids.stream().map(String::valueOf).toList()
                        : null,
                body.get("decision"));
    }

    private static RedoTask redo(RoutingContext context) {
        return new RedoTask(id(context), Requests.text(context, "stage"), Requests.text(context, "user_input"));
    }

    private <Q extends Record> Future<Answer> moved(Address<Q, TaskMoved> address, Q ask, RoutingContext context) {
        return bus.ask(address, ask, TIMEOUT_MS)
                .compose(moved -> bus.ask(TaskMessages.GET, new GetTask(id(context)), TIMEOUT_MS))
                .map(reply -> TaskApi.answer(reply.task()));
    }

    private Future<Answer> select(RoutingContext context) {
        List<Chosen> stages = new ArrayList<>();
        if (Requests.object(context).get("stages") instanceof List<?> list) {
            for (Object item : list) {
                Map<?, ?> stage = (Map<?, ?>) item;
                stages.add(new Chosen(String.valueOf(stage.get("stage_template_id")), sortOrder(stage, stages.size())));
            }
        }
        PutSelection ask = new PutSelection(id(context), stages, Requests.ifMatch(context));
        return bus.ask(ExecutionMessages.SELECT, ask).compose(moved -> TaskApi.selection(bus, id(context)));
    }

    private static int sortOrder(Map<?, ?> stage, int index) {
        if (!(stage.get("sort_order") instanceof Number number)) {
            return index;
        }
        Integer order = WholeNumbers.of(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (order == null) {
            Violation wrong = new Violation(
                    "/stages/" + index + "/sort_order", WholeNumbers.must(Integer.MIN_VALUE, Integer.MAX_VALUE));
            throw ProblemException.invalid(
                    "invalid_selection",
                    "The selection cannot be taken: " + wrong.pointer() + " " + wrong.sentence(),
                    List.of(wrong));
        }
        return order;
    }

    private Future<Answer> ledger(RoutingContext context) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        Requests.object(context).forEach((key, value) -> entries.put(String.valueOf(key), value));
        return bus.ask(LedgerMessages.WRITE, new WriteLedger(id(context), entries))
                .map(reply -> Answer.ok(Json.whole(reply)).withEtag(Long.toString(reply.revision())));
    }

    private Future<Answer> timeline(RoutingContext context) {
        return bus.ask(TaskMessages.GET, new GetTask(id(context)))
                .compose(known -> bus.ask(ExecutionMessages.TIMELINE, new GetTimeline(id(context))))
                .map(reply -> Answer.ok(TaskBody.page(reply.items(), null)));
    }
}
