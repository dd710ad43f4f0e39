package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callboard.problem.Problem.Kind;
import dev.callboard.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that does not answer for a while, and one that stays away. */
class ReconnectionTest {
    private static final ProblemException AWAY = ProblemException.unavailable("no_callboard", "Nobody answers.");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream before = System.err;
    private final List<Duration> waits = new ArrayList<>();
    private final Reconnection reconnection = new Reconnection(() -> waited().toNanos(), waits::add);

    private Duration waited() {
        return waits.stream().reduce(Duration.ZERO, Duration::plus);
    }

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(before);
    }

    private static Reconnection.Question<String> answering(Object... answers) {
        Deque<Object> left = new ArrayDeque<>(List.of(answers));
        return () -> {
            if (left.remove() instanceof String text) {
                return text;
            }
            throw AWAY;
        };
    }

    @Test
    void itAsksAgainAndSaysSoOnce() throws Exception {
        assertThat(reconnection.ask(answering("at once"))).isEqualTo("at once");
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(reconnection.ask(answering(AWAY, AWAY, AWAY, "again"))).isEqualTo("again");
        assertThat(waits).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines("callboard: Nobody answers. It is asked again for up to 60 s.\n"
                        + "callboard: The server answers again.\n");
    }

    @Test
    void itGivesUpAfterAMinute() {
        assertThatThrownBy(() -> reconnection.ask(() -> {
                    throw AWAY;
                }))
                .isSameAs(AWAY);
        assertThat(waited()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(65));
        assertThat(waits).last().isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatIsNoAbsenceIsAnsweredAtOnce() {
        ProblemException unknown = ProblemException.notFound("unknown_task", "There is no such task.");
        assertThatThrownBy(() -> reconnection.ask(() -> {
                    throw unknown;
                }))
                .isSameAs(unknown);
        assertThatThrownBy(() -> reconnection.ask(new Reconnection.Question<String>() {
                    private boolean asked;

                    @Override
                    public String ask() {
                        ProblemException now = asked ? unknown : AWAY;
                        asked = true;
                        throw now;
                    }
                }))
                .isSameAs(unknown);
        assertThat(waits).hasSize(1);
    }

    @Test
    void whoLeavesDoesNotWait() {
        reconnection.leave();
        assertThatThrownBy(() -> reconnection.ask(() -> {
                    throw AWAY;
                }))
                .isSameAs(AWAY);
        assertThat(waits).isEmpty();
    }

    @Test
    void aTaskOfAServerThatStaysAwayIsSaidToStayWithTheWayToSeeIt() throws IOException {
        String url;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = "http://127.0.0.1:" + free.getLocalPort();
        }
        ServerTaskRuns runs = new ServerTaskRuns(url, reconnection);
        ProblemException away = catchThrowableOfType(ProblemException.class, () -> runs.task("t1"));
        assertThat(away.problem().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(RunCommand.staying(runs, "t1", away).problem().detail())
                .isEqualTo("No Callboard answers at " + url
                        + ". The task t1 is not ended by this. See what became of it at " + url
                        + "/tasks/t1, or with: curl " + url + "/api/tasks/t1");
    }
}
