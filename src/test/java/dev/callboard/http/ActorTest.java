package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names in a header, as browsers, curl and proxies send them. */
class ActorTest {
    /** What bytes of a header are to the server, which reads each as one character. */
    private static String asReceived(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Test
    void nobodyIsLocal() {
        assertThat(Actor.read(null)).isEqualTo("local");
        assertThat(Actor.read("  ")).isEqualTo("local");
        assertThat(Actor.read(" Ada ")).isEqualTo("Ada");
    }

    @Test
    void lettersBeyondAsciiArrivePercentEncodedOrPlain() {
        assertThat(Actor.read("Zo%C3%AB")).isEqualTo("Zoë");
        assertThat(Actor.read("%C5%81ukasz%20%C5%BB%C3%B3%C5%82%C4%87")).isEqualTo("Łukasz Żółć");
        assertThat(Actor.read("%E5%B1%B1%E7%94%B0")).isEqualTo("山田");
        assertThat(Actor.read(asReceived("Łukasz"))).isEqualTo("Łukasz");
        // A browser sends what Latin-1 has as Latin-1.
        assertThat(Actor.read("Zoë")).isEqualTo("Zoë");
        // Two ways to write one name are one name.
        assertThat(Actor.read("Zoe%CC%88")).isEqualTo("Zoë");
        assertThat(Actor.read("Miles O'Brien")).isEqualTo("Miles O'Brien");
        assertThat(Actor.read("ada+ops@example.org")).isEqualTo("ada+ops@example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine", "Engine", " ENGINE ", "eng%69ne", "rules", "model", "person"})
    void nobodyLooksLikeAPartOfTheServer(String name) {
        assertThatThrownBy(() -> Actor.read(name))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("stands for a part of Callboard");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>", "a\tb", "100%", "%FF%FE", "%00", "a/b", "file: x", "x%0D%0Ay"})
    void othersAreNoNames(String header) {
        assertThatThrownBy(() -> Actor.read(header)).isInstanceOf(ProblemException.class);
    }
}
