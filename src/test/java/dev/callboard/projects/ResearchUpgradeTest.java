package dev.callboard.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.json.Json;
import dev.callboard.pipelines.StagePrompt;
import dev.callboard.problem.Ids;
import dev.callboard.store.DataFolder;
import dev.callboard.store.Database;
import dev.callboard.testing.Databases;
import dev.callboard.testing.Patience;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects that were made before stages could be suggested. */
class ResearchUpgradeTest {
    private static final Map<String, Object> OLD_SCHEMA = Map.of(
            "type",
            "object",
            "required",
            List.of("research"),
            "properties",
            Map.of("research", Map.of("type", "string")));

    private final ResearchUpgrade upgrade = ResearchUpgrade.shipped();

    private static StagePrompt prompt(String template) {
        return new StagePrompt(template, StagePrompt.USER, StagePrompt.RESEARCH, OLD_SCHEMA);
    }

    @Test
    void anUneditedPromptBecomesThePresentOne() {
        assertThat(upgrade.former())
                .doesNotContain("suggested_stages", "{{available_stages}}")
                .contains("\"questions\"");
        StagePrompt upgraded = upgrade.upgraded(prompt(upgrade.former()));
        assertThat(upgraded.template()).contains("{{available_stages}}", "\"suggested_stages\"");
        assertThat(Json.write(upgraded.outputSchema()))
                .contains("\"required\":[\"research\"]", "\"research\"", "\"suggested_stages\"");
    }

    @Test
    void anEditedPromptIsKeptWithAParagraphAdded() {
        StagePrompt upgraded = upgrade.upgraded(prompt("Our own words for {{task_description}}."));
        assertThat(upgraded.template())
                .startsWith("Our own words for {{task_description}}.")
                .contains("{{available_stages}}", "\"suggested_stages\"");
        assertThat(Json.write(upgraded.outputSchema())).contains("\"suggested_stages\"");
        assertThat(upgrade.upgraded(upgraded).template()).isEqualTo(upgraded.template());
    }

    @Test
    void storedStagesAreUpgradedOnce(@TempDir Path folder) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (DataFolder data = DataFolder.open(folder)) {
            Database database = get(Databases.open(vertx, data));
            get(database.write(transaction -> transaction
                    .execute(
                            "INSERT INTO projects (id, name, description, kind, pipeline, pipeline_version, pipeline_hash, "
                                    + "policies, revision, created_at) VALUES ('p', 'P', '', 'project', 'dev-task', '1', '', '{}', 1, "
                                    + "CURRENT_TIMESTAMP)")
                    .compose(inserted -> transaction.execute(
                            "INSERT INTO stage_templates (id, project_id, name, stage_type, sort_order, depends_on, "
                                    + "settings, locked, input_source, prompt_template, output_format, metadata_overrides, "
                                    + "revision, created_at) VALUES ('t', 'p', 'Research', 'research', 0, '[]', '{}', TRUE, "
                                    + "'user', 'Mine', 'research', '{}', 1, CURRENT_TIMESTAMP)"))
                    .mapEmpty()));
            TemplateRepository templates = new TemplateRepository(new Ids(Clock.systemUTC()));
            assertThat(get(database.<Integer>write(transaction -> templates.upgrade(transaction, upgrade)))
                            .intValue())
                    .isEqualTo(1);
            assertThat(get(database.<Integer>write(transaction -> templates.upgrade(transaction, upgrade)))
                            .intValue())
                    .isZero();
            var project = get(database.read(transaction -> new ProjectRepository().get(transaction, "p")));
            StagePrompt stored = project.stored().get(0).stage().prompt();
            assertThat(stored.template()).startsWith("Mine\n").contains("{{available_stages}}");
            assertThat(Json.write(stored.outputSchema())).contains("suggested_stages");
            get(database.close());
        } finally {
            get(vertx.close());
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(Patience.SOON.toSeconds(), TimeUnit.SECONDS);
    }
}
