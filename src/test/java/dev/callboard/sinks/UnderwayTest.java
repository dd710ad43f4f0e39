package dev.callboard.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Nothing is delivered twice because it was read before the first delivery had ended. */
class UnderwayTest {
    private final Underway underway = new Underway(2);

    @Test
    void whatEndedWhileItWasReadIsLeftToTheNextReading() {
        underway.reading();
        assertThat(underway.start("a")).isTrue();
        underway.reading();
        underway.ended("a");
        assertThat(underway.start("a")).isFalse();
        assertThat(underway.count()).isZero();
        underway.reading();
        assertThat(underway.start("a")).isTrue();
    }

    @Test
    void aDeliveryIsOnItsWayOnceAndNotTooManyAtOnce() {
        underway.reading();
        assertThat(underway.start("a")).isTrue();
        assertThat(underway.start("a")).isFalse();
        assertThat(underway.start("b")).isTrue();
        assertThat(underway.start("c")).isFalse();
        underway.ended("b");
        assertThat(underway.start("c")).isTrue();
    }
}
