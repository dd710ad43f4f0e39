package dev.callboard.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.spi.StageFailure;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operator allows beside public addresses is read strictly. */
class AllowListTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "not a host",
                "10.0.0/8",
                "example.org/8",
                "http://example.org",
                "example.org:70000",
                ""
            })
    void wrongListsOfTheOperatorAreSaid(String entry) {
        TestContext context = new TestContext().with("attempts", 1);
        context.operator("allow", List.of(entry)).with("urls", List.of("http://example.org/"));
        assertThatThrownBy(context::run)
                .isInstanceOfSatisfying(StageFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo("invalid_plugin_settings");
                    assertThat(failure.retryable()).isFalse();
                })
                .hasMessageContaining("allow");
    }
}
