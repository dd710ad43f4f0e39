package dev.callboard.executors;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.callboard.config.ModelsConfig.Provider;
import dev.callboard.model.Usage;
import dev.callboard.model.UsageReporting;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class PromptExecutorTest {
    private static final String GOOD = "{\"title\": \"Payments\", \"count\": 2}";
    private static final String BAD = "{\"title\": 7}";

    private final RecordingContext context = new RecordingContext();
    private final List<ModelStub> stubs = new ArrayList<>();

    private final ListAppender<ILoggingEvent> serverLog = new ListAppender<>();

    @BeforeEach
    void listenToTheServerLog() {
        serverLog.start();
        rootLogger().addAppender(serverLog);
    }

    private static Logger rootLogger() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private ModelStub stub(Provider provider) {
        ModelStub stub = new ModelStub(provider);
        stubs.add(stub);
        return stub;
    }

    @AfterEach
    void noLineShowsTheKey() {
        stubs.forEach(ModelStub::close);
        rootLogger().detachAppender(serverLog);
        assertThat(serverLog.list)
                .noneMatch(event -> event.getFormattedMessage().contains(ModelStub.KEY));
        assertThat(context.lines).noneMatch(line -> line.contains(ModelStub.KEY));
    }

    @ParameterizedTest
    @EnumSource
    void aTextComesBackWholeAndLineByLine(Provider provider) throws Exception {
        ModelStub stub = stub(provider);
        stub.answers(stub.says("# Pl", "an\nfirst ", "step\nlast"));
        Stage stage = stage(stub, null);
        assertThat(stage.execute(context, null)).isEqualTo("# Plan\nfirst step\nlast");
        assertThat(context.lines).containsExactly("# Plan", "first step", "last");
        assertThat(((UsageReporting) stage).usage()).contains(new Usage(12, 34, new BigDecimal("0.00037")));
        assertThat(stub.lastBody()).contains("Do: Pay {{user_input}} $(reboot)").contains("small");
    }

    @ParameterizedTest
    @EnumSource
    void jsonIsReadFromAFenceAndChecked(Provider provider) throws Exception {
        ModelStub stub = stub(provider);
        stub.answers(stub.says("Here it is:\n\n```json\n", GOOD, "\n```\nAnything else?"));
        assertThat(stage(stub, Requests.SCHEMA).execute(context, null))
                .isEqualTo(Map.of("title", "Payments", "count", 2));
        assertThat(stub.lastBody()).contains("JSON Schema");
    }

    @ParameterizedTest
    @EnumSource
    void aWrongAnswerIsShownToTheModelOnce(Provider provider) throws Exception {
        ModelStub stub = stub(provider);
        stub.answers(stub.says(BAD), stub.says(GOOD));
        Stage stage = stage(stub, Requests.SCHEMA);
        assertThat(stage.execute(context, null)).isEqualTo(Map.of("title", "Payments", "count", 2));
        assertThat(stub.lastBody()).contains("cannot be used").contains("count").contains("title");
        assertThat(((UsageReporting) stage).usage()).map(Usage::outputTokens).contains(68L);
    }

    @ParameterizedTest
    @EnumSource
    void aSecondWrongAnswerFailsWithWhatIsWrong(Provider provider) {
        ModelStub stub = stub(provider);
        stub.answers(stub.says("{\"title\": "), stub.says(BAD));
        StageFailure failure = failure(stage(stub, Requests.SCHEMA));
        assertThat(failure.code()).isEqualTo("invalid_output");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("count").hasMessageContaining("/title");
        assertThat(context.lines).contains(BAD);
        assertThat(stub.server.getAllServeEvents()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatBreaksOffMayBeTriedAgain(Provider provider) {
        ModelStub stub = stub(provider);
        stub.answers(stub.breaksOffAfter("half an ans"));
        StageFailure failure = failure(stage(stub, null));
        assertThat(failure.code()).isEqualTo("model_truncated");
        assertThat(failure.retryable()).isTrue();
        assertThat(context.lines).containsExactly("half an ans");
    }

    @ParameterizedTest
    @EnumSource
    void aBusyEndpointMayBeTriedAgain(Provider provider) {
        ModelStub stub = stub(provider);
        String said = "{\"error\": {\"message\": \"Slow down, " + ModelStub.KEY + "\"}}";
        stub.answers(stub.status(429, said).withHeader("Retry-After", "17"));
        StageFailure failure = failure(stage(stub, null));
        assertThat(failure.code()).isEqualTo("rate_limited");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining("17 s").hasMessageContaining("Slow down");
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenEndpointMayBeTriedAgain(Provider provider) {
        ModelStub stub = stub(provider);
        stub.answers(stub.status(500, "<html>oops</html>"));
        StageFailure failure = failure(stage(stub, null));
        assertThat(failure.code()).isEqualTo("model_unavailable");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining("500").message().doesNotContain("html");
    }

    @ParameterizedTest
    @EnumSource
    void aSlowAnswerEndsInTime(Provider provider) {
        ModelStub stub = stub(provider);
        stub.answers(stub.says("one", "two", "three").withChunkedDribbleDelay(20, 60_000));
        StageFailure failure = failure(stub.executor(Duration.ofSeconds(2)).stage(Requests.prompt("Go", null)));
        assertThat(failure.code()).isEqualTo("model_timeout");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void aLostConnectionMayBeTriedAgain() {
        ModelStub stub = stub(Provider.OPENAI);
        for (Fault fault : Fault.values()) {
            stub.answers(aResponse().withFault(fault));
            StageFailure failure = failure(stage(stub, null));
            assertThat(failure.retryable()).as(fault.name()).isTrue();
        }
        Stage late = stage(stub, null);
        stub.close();
        assertThat(failure(late).code()).isEqualTo("model_unreachable");
    }

    @Test
    void anotherContentTypeIsNoAnswer() {
        ModelStub stub = stub(Provider.OPENAI);
        stub.answers(aResponse().withHeader("Content-Type", "text/html").withBody("<p>Log in"));
        StageFailure failure = failure(stage(stub, null));
        assertThat(failure.code()).isEqualTo("wrong_content_type");
        assertThat(failure).hasMessageContaining("text/html").hasMessageContaining("models.base_url");
    }

    @Test
    void aRedirectIsNotFollowed() {
        ModelStub stub = stub(Provider.OPENAI);
        stub.answers(aResponse().withStatus(307).withHeader("Location", stub.server.baseUrl() + "/elsewhere"));
        assertThat(failure(stage(stub, null)).code()).isEqualTo("model_moved");
        assertThat(stub.server.getAllServeEvents()).hasSize(1);
    }

    @Test
    void aRefusedKeyIsNamedByItsVariable() {
        ModelStub stub = stub(Provider.OPENAI);
        stub.answers(stub.status(401, "{\"error\": {\"message\": \"Incorrect key " + ModelStub.KEY + "\"}}"));
        StageFailure failure = failure(stage(stub, null));
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining(ModelStub.VARIABLE);
    }

    @Test
    void aHugeAnswerIsNotKept() {
        ModelStub stub = stub(Provider.OPENAI);
        String[] pieces = new String[40];
        Arrays.fill(pieces, "x".repeat(ModelCall.MAX_CHARACTERS / 32));
        stub.answers(stub.says(pieces));
        StageFailure failure = failure(stage(stub, null));
        assertThat(failure.code()).isEqualTo("answer_too_long");
    }

    @Test
    void aKeyThatTheModelSaysIsHidden() throws Exception {
        ModelStub stub = stub(Provider.OPENAI);
        String text = "a".repeat(LogLines.MAX_LENGTH - 5) + ModelStub.KEY + "b".repeat(3 * LogLines.MAX_LENGTH);
        stub.answers(stub.says(text.split("(?<=\\G.{7})")));
        stage(stub, null).execute(context, null);
        assertThat(String.join("", context.lines)).isEqualTo(text.replace(ModelStub.KEY, "***"));
    }

    @Test
    void cancellingEndsTheRequest() {
        for (boolean byFlag : new boolean[] {true, false}) {
            ModelStub stub = stub(Provider.ANTHROPIC);
            ResponseDefinitionBuilder never = stub.says("x").withFixedDelay(30_000);
            stub.answers(never);
            RecordingContext own = new RecordingContext();
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
                own.cancelled = true;
            } else {
                thread.interrupt();
            }
            await().atMost(Duration.ofSeconds(3)).until(() -> !thread.isAlive());
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void withoutItsKeyNothingIsAsked() {
        ModelStub stub = stub(Provider.OPENAI);
        Stage stage = stub.executor(Duration.ofSeconds(5), "").stage(Requests.prompt("Go", null));
        assertThat(failure(stage).code()).isEqualTo("no_api_key");
        assertThat(((UsageReporting) stage).usage()).isEmpty();
        assertThat(stub.server.getAllServeEvents()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatIsNoHeaderIsHiddenToo(Provider provider) {
        ModelStub stub = stub(provider);
        stub.answers(stub.says("x"));
        Stage stage = stub.executor(Duration.ofSeconds(5), ModelStub.KEY + "\n" + ModelStub.KEY)
                .stage(Requests.prompt("Go", null));
        assertThat(failure(stage)).hasMessageContaining("***");
    }

    @Test
    void aStageWithoutAPromptSaysSo() {
        assertThat(failure(stub(Provider.OPENAI).executor(Duration.ofSeconds(5)).stage(Requests.prompt(null, null)))
                        .code())
                .isEqualTo("no_prompt");
    }

    private static Stage stage(ModelStub stub, Map<String, Object> schema) {
        return stub.executor(Duration.ofSeconds(20)).stage(Requests.prompt("Do: {{task_description}}", schema));
    }

    private StageFailure failure(Stage stage) {
        StageFailure failure = catchThrowableOfType(StageFailure.class, () -> stage.execute(context, null));
        assertThat(failure).isNotNull().message().doesNotContain(ModelStub.KEY);
        return failure;
    }
}
