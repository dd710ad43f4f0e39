package dev.callboard.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.callboard.config.ModelApi;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.testing.RecordingStageContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.slf4j.LoggerFactory;

/** A stage's talk with models that are stubs. Neither its log nor the server's ever shows the key. */
abstract class Conversation {
    final RecordingStageContext context = new RecordingStageContext();
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

    ModelStub stub(ModelApi provider) {
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
        assertThat(context.lines()).noneMatch(line -> line.contains(ModelStub.KEY));
    }

    static Stage stage(ModelStub stub, Map<String, Object> schema) {
        return stub.executor(Duration.ofSeconds(20)).stage(Requests.prompt("Do: {{task_description}}", schema));
    }

    StageFailure failure(Stage stage) {
        StageFailure failure = catchThrowableOfType(StageFailure.class, () -> stage.execute(context, null));
        assertThat(failure).isNotNull().message().doesNotContain(ModelStub.KEY);
        return failure;
    }
}
