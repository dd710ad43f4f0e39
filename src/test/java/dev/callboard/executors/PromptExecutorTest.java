package dev.callboard.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.callboard.config.ModelApi;
import dev.callboard.palette.Usage;
import dev.callboard.palette.UsageReporting;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.testing.RecordingStageContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromptExecutorTest extends Conversation {
    private static final String GOOD = "{\"title\": \"Payments\", \"count\": 2}";
    private static final String BAD = "{\"title\": 7}";

    @ParameterizedTest
    @EnumSource
    void aTextComesBackWholeAndLineByLine(ModelApi provider) throws Exception {
        ModelStub stub = stub(provider);
        stub.answers(stub.says("# Pl", "an\nfirst ", "step\nlast"));
        Stage stage = stage(stub, null);
        assertThat(stage.execute(context, null)).isEqualTo("# Plan\nfirst step\nlast");
        assertThat(context.lines()).containsExactly("# Plan", "first step", "last");
        assertThat(((UsageReporting) stage).usage())
                .contains(new Usage(provider.word(), "small", 12, 34, new BigDecimal("0.00037"), "EUR"));
        assertThat(stub.lastBody()).contains("Do: Pay {{user_input}} $(reboot)").contains("small");
    }

    @ParameterizedTest
    @EnumSource
    void jsonIsReadFromAFenceAndChecked(ModelApi provider) throws Exception {
        ModelStub stub = stub(provider);
        stub.answers(stub.says("Here it is:\n\n```json\n", GOOD, "\n```\nAnything else?"));
        assertThat(stage(stub, Requests.SCHEMA).execute(context, null))
                .isEqualTo(Map.of("title", "Payments", "count", 2));
        assertThat(stub.lastBody()).contains("JSON Schema");
    }

    @ParameterizedTest
    @EnumSource
    void aWrongAnswerIsShownToTheModelOnce(ModelApi provider) throws Exception {
        ModelStub stub = stub(provider);
        stub.answers(stub.says(BAD), stub.says(GOOD));
        Stage stage = stage(stub, Requests.SCHEMA);
        assertThat(stage.execute(context, null)).isEqualTo(Map.of("title", "Payments", "count", 2));
        assertThat(stub.lastBody()).contains("cannot be used").contains("count").contains("title");
        assertThat(((UsageReporting) stage).usage()).map(Usage::outputTokens).contains(68L);
    }

    @ParameterizedTest
    @EnumSource
    void aSecondWrongAnswerFailsWithWhatIsWrong(ModelApi provider) {
        ModelStub stub = stub(provider);
        stub.answers(stub.says("{\"title\": "), stub.says(BAD));
        StageFailure failure = failure(stage(stub, Requests.SCHEMA));
        assertThat(failure.code()).isEqualTo("invalid_output");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("count").hasMessageContaining("/title");
        assertThat(context.lines()).contains(BAD);
        assertThat(stub.server.getAllServeEvents()).hasSize(2);
    }

    @Test
    void aKeyThatTheModelSaysIsHidden() throws Exception {
        ModelStub stub = stub(ModelApi.OPENAI);
        String text = "a".repeat(LogLines.MAX_LENGTH - 5) + ModelStub.KEY + "b".repeat(3 * LogLines.MAX_LENGTH);
        stub.answers(stub.says(text.split("(?<=\\G.{7})")));
        stage(stub, null).execute(context, null);
        assertThat(String.join("", context.lines())).isEqualTo(text.replace(ModelStub.KEY, "***"));
    }

    @Test
    void cancellingEndsTheRequest() {
        for (boolean byFlag : new boolean[] {true, false}) {
            ModelStub stub = stub(ModelApi.ANTHROPIC);
            ResponseDefinitionBuilder never = stub.says("x").withFixedDelay(30_000);
            stub.answers(never);
            RecordingStageContext own = new RecordingStageContext();
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread thread = new Thread(() -> {
                try {
                    stage(stub, null).execute(own, null);
                } catch (Throwable e) {
                    thrown.set(e);
                }
            });
            thread.start();
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            if (byFlag) {
                own.cancel();
            } else {
                thread.interrupt();
            }
            await().until(() -> !thread.isAlive());
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void withoutItsKeyNothingIsAsked() {
        ModelStub stub = stub(ModelApi.OPENAI);
        Stage stage = stub.executor(Duration.ofSeconds(5), "").stage(Requests.prompt("Go", null));
        assertThat(failure(stage).code()).isEqualTo("no_api_key");
        assertThat(((UsageReporting) stage).usage()).isEmpty();
        assertThat(stub.server.getAllServeEvents()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatIsNoHeaderIsHiddenToo(ModelApi provider) {
        ModelStub stub = stub(provider);
        stub.answers(stub.says("x"));
        Stage stage = stub.executor(Duration.ofSeconds(5), ModelStub.KEY + "\n" + ModelStub.KEY)
                .stage(Requests.prompt("Go", null));
        assertThat(failure(stage)).hasMessageContaining("***");
    }

    @Test
    void aStageWithoutAPromptSaysSo() {
        assertThat(failure(stub(ModelApi.OPENAI).executor(Duration.ofSeconds(5)).stage(Requests.prompt(null, null)))
                        .code())
                .isEqualTo("no_prompt");
    }
}
