package dev.callboard.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    void laterIdsSortAfterEarlierOnesEvenWhenTheClockStands() {
        Ids ids = new Ids(Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
        List<String> minted = Stream.generate(ids::next).limit(10_000).toList();
        assertThat(minted).isSorted().doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-z]{18}"));
    }
}
