package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.ApproveTask;
import dev.callboard.engine.ExecutionMessages.CancelTask;
import dev.callboard.engine.ExecutionMessages.Chosen;
import dev.callboard.engine.ExecutionMessages.PutSelection;
import dev.callboard.engine.ExecutionMessages.RedoTask;
import dev.callboard.engine.ExecutionMessages.RetryTask;
import dev.callboard.engine.ExecutionMessages.RunTask;
import dev.callboard.engine.LedgerMessages;
import dev.callboard.engine.LedgerMessages.WriteLedger;
import dev.callboard.spi.StageFailure;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.tasks.TaskBoardMessages;
import dev.callboard.tasks.TaskBoardMessages.ArchiveTask;
import dev.callboard.testing.RefusedRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a decision writes is stored whole or not at all, down to its last row. */
class WholeDecisionsTest extends TaskServerFixture {
    private static final List<String> TABLES = List.of(
            "projects",
            "stage_templates",
            "tasks",
            "task_stages",
            "stage_executions",
            "task_state",
            "task_ledger",
            "task_timeline",
            "audit_log");

    /** Each refuses a row that a decision writes: what it reports to the audit log, and the task itself. */
    private record Refusal(String event, String table, String condition) {}

    private static final List<Refusal> REFUSALS = List.of(
            new Refusal("BEFORE INSERT", "audit_log", "refused_row.kind LIKE 'task.%'"),
            new Refusal("BEFORE UPDATE", "tasks", "refused_row.revision > 0"));

    /** What may be decided about a task, and where the task stands then. */
    private enum Decision {
        RUN("pending"),
        APPROVE("awaiting_approval"),
        SELECT("awaiting_approval"),
        REDO("awaiting_approval"),
        CANCEL("awaiting_approval"),
        RETRY("failed"),
        LEDGER("awaiting_approval"),
        ARCHIVE("pending");

        private final String status;

        Decision(String status) {
            this.status = status;
        }

        private void decide(TaskServer server, TaskView task) {
            String id = task.id();
            List<String> stages = task.stages().stream().map(TaskView.Stage::id).toList();
            switch (this) {
                case RUN -> server.ask(ExecutionMessages.RUN, new RunTask(id, "go"));
                case APPROVE ->
                    server.ask(
                            ExecutionMessages.APPROVE,
                            new ApproveTask(
                                    id,
                                    null,
                                    List.of(stages.get(0), stages.get(2)),
                                    Map.of("output", "better", "comment", "Good.")));
                case SELECT ->
                    server.ask(
                            ExecutionMessages.SELECT,
                            new PutSelection(
                                    id, List.of(new Chosen(stages.get(0), 0), new Chosen(stages.get(2), 1)), null));
                case REDO -> server.ask(ExecutionMessages.REDO, new RedoTask(id, null, "again"));
                case CANCEL -> server.ask(ExecutionMessages.CANCEL, new CancelTask(id));
                case RETRY -> server.ask(ExecutionMessages.RETRY, new RetryTask(id));
                case LEDGER -> server.ask(LedgerMessages.WRITE, new WriteLedger(id, Map.of("key", 1)));
                case ARCHIVE -> server.ask(TaskBoardMessages.ARCHIVE, new ArchiveTask(id));
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        server.stage("says", (context, input) -> "said")
                .stage("fails", (context, input) -> {
                    throw StageFailure.permanent("no", "No.");
                })
                .chain("bad", "fails")
                .pipeline(
                        """
                        name: good
                        stages:
                          - {name: a, type: says, approval: approval}
                          - {name: b, type: says, approval: approval}
                          - {name: c, type: says, approval: approval}
                        """)
                .start();
    }

    private RefusedRows refuse(Refusal rows) {
        return RefusedRows.of(server.database, rows.event(), rows.table(), rows.condition(), "refused");
    }

    /** Every row of every table that a decision may write. */
    private String stored() {
        StringBuilder all = new StringBuilder();
        for (String table : TABLES) {
            List<String> rows = TaskServer.get(server.database.read(
                    transaction -> transaction.execute("SELECT * FROM " + table).map(found -> {
                        List<String> texts = new ArrayList<>();
                        found.forEach(row -> texts.add(row.deepToString()));
                        Collections.sort(texts);
                        return texts;
                    })));
            all.append(table).append(rows).append('\n');
        }
        return all.toString();
    }

    @ParameterizedTest
    @EnumSource
    void aDecisionWhoseLastRowIsRefusedChangesNothing(Decision decision) {
        TaskView task = server.create(Map.of(
                "title",
                "T",
                "pipeline",
                decision == Decision.RETRY ? "bad" : "good",
                "auto_start",
                !decision.status.equals("pending")));
        server.until(task.id(), decision.status);
        String before = stored();
        for (Refusal rows : REFUSALS) {
            RefusedRows refused = refuse(rows);
            assertThatThrownBy(() -> decision.decide(server, task))
                    .as("%s", rows)
                    .isNotNull();
            assertThat(stored()).as("%s", rows).isEqualTo(before);
            refused.end();
        }
        decision.decide(server, task);
        assertThat(stored()).isNotEqualTo(before);
    }

    @Test
    void aTaskWhoseLastRowIsRefusedIsNotThere() {
        Map<String, Object> request = Map.of("title", "T", "pipeline", "good", "labels", List.of("x"));
        // The copy of the pipeline is there before its first task, and stays for all others.
        server.create(request);
        String before = stored();
        RefusedRows refused = refuse(REFUSALS.get(0));
        assertThatThrownBy(() -> server.create(request)).isNotNull();
        assertThat(stored()).isEqualTo(before);
        refused.end();
        assertThat(server.create(request).status()).isEqualTo("pending");
    }
}
