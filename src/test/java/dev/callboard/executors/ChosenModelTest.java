package dev.callboard.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.config.ModelApi;
import dev.callboard.config.ModelsConfig;
import dev.callboard.json.Json;
import dev.callboard.net.OutboundException;
import dev.callboard.net.OutboundRequest;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageExecutors;
import dev.callboard.palette.Usage;
import dev.callboard.palette.UsageReporting;
import dev.callboard.problem.Violation;
import dev.callboard.spi.Stage;
import dev.callboard.testing.Outbound;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two providers: stages choose among their models, and how these are asked. */
class ChosenModelTest extends Conversation {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String OTHER_KEY = "sk-canary-other-77";

    private final Map<String, String> environment =
            new HashMap<>(Map.of(ModelStub.VARIABLE, ModelStub.KEY, "OTHER_KEY", OTHER_KEY));

    @ParameterizedTest
    @EnumSource
    void theChosenModelIsAskedAsTheStageSays(ModelApi api) throws Exception {
        ModelStub usual = stub(ModelApi.OPENAI);
        ModelStub other = stub(api);
        other.answers(other.says("Done."));
        Stage stage = models(usual, other)
                .stage(Requests.promptOf(
                        "Go", Map.of("model", "other/large", "temperature", 0.5, "max_output_tokens", 77)));
        assertThat(stage.execute(context, null)).isEqualTo("Done.");
        JsonNode body = Json.read(other.lastBody(), JsonNode.class);
        assertThat(body.path("model").asText()).isEqualTo("large");
        JsonNode options = api == ModelApi.OLLAMA ? body.path("options") : body;
        assertThat(options.path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(options.path(api == ModelApi.OLLAMA ? "num_predict" : "max_tokens")
                        .asInt())
                .isEqualTo(77);
        assertThat(other.lastHeaders()).contains(OTHER_KEY).doesNotContain(ModelStub.KEY);
        assertThat(((UsageReporting) stage).usage())
                .contains(new Usage(api.word(), "large", 12, 34, new BigDecimal("0.000352"), "EUR"));
        assertThat(usual.server.getAllServeEvents()).isEmpty();
    }

    @Test
    void withoutAChoiceTheFirstModelIsAskedWithItsOwnTemperature() throws Exception {
        ModelStub usual = stub(ModelApi.OPENAI);
        usual.answers(usual.says("Done."));
        Stage stage = models(usual, stub(ModelApi.OLLAMA)).stage(Requests.promptOf("Go", Map.of()));
        stage.execute(context, null);
        JsonNode body = Json.read(usual.lastBody(), JsonNode.class);
        assertThat(body.path("model").asText()).isEqualTo("small");
        assertThat(body.has("temperature")).isFalse();
        assertThat(body.path("max_tokens").asInt()).isEqualTo(1_000);
        assertThat(((UsageReporting) stage).usage()).map(Usage::model).contains("small");
    }

    @Test
    void theFormOffersWhatIsConfigured() {
        List<Setting> schema =
                models(stub(ModelApi.OPENAI), stub(ModelApi.OLLAMA)).configSchema();
        assertThat(schema)
                .extracting(Setting::key)
                .containsExactly("prompt", "model", "temperature", "max_output_tokens");
        assertThat(schema.get(1).options())
                .extracting(Setting.Option::value)
                .containsExactly("small", "other/large", "other/larger");
        assertThat(schema.get(1).defaultValue()).isEqualTo("small");
        assertThat(schema.get(3).max()).isEqualTo(1_000);
        assertThat(new PromptExecutor(ConfiguredModels.NONE).configSchema())
                .extracting(Setting::key)
                .containsExactly("prompt", "temperature", "max_output_tokens");
    }

    @Test
    void whatIsNotConfiguredIsRefusedWithWhatIs() {
        StageExecutors executors = new StageExecutors(List.of(models(stub(ModelApi.OPENAI), stub(ModelApi.ANTHROPIC))));
        for (Object wrong : List.of("large", "other", "other/small", "/small", 7, List.of("small"))) {
            assertThat(executors.check(definition(Map.of("model", wrong))))
                    .as("%s", wrong)
                    .singleElement()
                    .satisfies(violation -> {
                        assertThat(violation.pointer()).isEqualTo("/executor_config/model");
                        assertThat(violation.detail()).contains("small, other/large, other/larger");
                    });
        }
        assertThat(pointers(executors, Map.of("temperature", -0.1))).containsExactly("/executor_config/temperature");
        assertThat(pointers(executors, Map.of("temperature", 2.1))).containsExactly("/executor_config/temperature");
        assertThat(pointers(executors, Map.of("temperature", "0.5"))).containsExactly("/executor_config/temperature");
        assertThat(pointers(executors, Map.of("temperature", 2))).isEmpty();
        assertThat(pointers(executors, Map.of("temperature", 2, "model", "other/large")))
                .as("Anthropic's API takes 1 at most")
                .containsExactly("/executor_config/temperature");
        for (Object wrong : List.of(0, 1_001, 1.5, "many")) {
            assertThat(pointers(executors, Map.of("max_output_tokens", wrong)))
                    .containsExactly("/executor_config/max_output_tokens");
        }
        assertThat(pointers(executors, Map.of("max_output_tokens", 1_000))).isEmpty();
    }

    @Test
    void aStageWhoseModelIsGoneOrHasNoKeyIsNotAvailableAndSaysWhy() {
        environment.remove("OTHER_KEY");
        PromptExecutor executor = models(stub(ModelApi.OPENAI), stub(ModelApi.ANTHROPIC));
        assertThat(executor.unavailable(definition(Map.of()))).isEmpty();
        assertThat(executor.unavailable(definition(Map.of("model", "other/large"))))
                .hasValueSatisfying(reason -> assertThat(reason).contains("environment variable OTHER_KEY"));
        Map<String, Object> old = Map.of("model", "gone/tiny", "temperature", 0.1);
        assertThat(executor.unavailable(definition(old)))
                .contains("Its model is 'gone/tiny', which is not configured here; configured are small, other/large,"
                        + " other/larger.");
        Stage stage = executor.stage(Requests.promptOf("Go", old));
        assertThat(failure(stage)).hasMessageContaining("gone/tiny");
        assertThat(new PromptExecutor(ConfiguredModels.NONE).unavailable(definition(old)))
                .as("a person does it")
                .isEmpty();
    }

    @Test
    void anAnswerIsCutWhereTheStageSays() {
        ModelStub stub = stub(ModelApi.OPENAI);
        stub.answers(stub.stopsAtLimit("Begun"));
        Stage stage =
                models(stub, stub(ModelApi.OLLAMA)).stage(Requests.promptOf("Go", Map.of("max_output_tokens", 5)));
        assertThat(failure(stage)).hasMessageContaining("5 tokens").hasMessageContaining("max_output_tokens");
    }

    @Test
    void eachProviderReachesItsOwnEndpointAndNoOther() throws Exception {
        ModelStub usual = stub(ModelApi.OPENAI);
        ModelStub other = stub(ModelApi.OPENAI);
        ConfiguredModels models = configured(usual, other);
        OutboundRequest foreign =
                OutboundRequest.of("POST", usual.server.baseUrl() + "/v1").within(SOON, 1_000);
        assertThatThrownBy(() -> models.of("other/large").orElseThrow().http().open(foreign, () -> false))
                .isInstanceOfSatisfying(OutboundException.class, refused -> assertThat(refused.code())
                        .isEqualTo("address_refused"));
        assertThat(usual.server.getAllServeEvents()).isEmpty();
    }

    private ConfiguredModels configured(ModelStub usual, ModelStub other) {
        return ConfiguredModels.of(
                new ModelsConfig(List.of(
                        usual.provider("", ModelStub.VARIABLE, SOON, List.of("small"), "2.50"),
                        other.provider("other", "OTHER_KEY", SOON, List.of("large", "larger"), "1"))),
                environment::get,
                Outbound.client());
    }

    private PromptExecutor models(ModelStub usual, ModelStub other) {
        return new PromptExecutor(configured(usual, other));
    }

    private static List<String> pointers(StageExecutors executors, Map<String, Object> config) {
        return executors.check(definition(config)).stream()
                .map(Violation::pointer)
                .toList();
    }

    private static StageDefinition definition(Map<String, Object> config) {
        return Requests.definition(ExecutorType.PROMPT, config);
    }
}
