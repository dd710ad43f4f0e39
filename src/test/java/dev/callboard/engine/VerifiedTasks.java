package dev.callboard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails each test in which a task in memory was another than the stored one. JUnit finds it by its services file. */
public final class VerifiedTasks implements BeforeAllCallback, AfterEachCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        assertThat(Boolean.getBoolean(TaskVerifier.PROPERTY))
                .as("%s must be set where tests run", TaskVerifier.PROPERTY)
                .isTrue();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(TaskVerifier.takeFound()).isEmpty();
    }
}
