package dev.callboard.pipelines;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A number that does not fit is told with its place; none is rounded or cut off. */
class WholeNumbersTest {
    private static final String STAGE =
            "name: a\npolicies: {p: {retries: %s}}\nstages:\n  - {name: s, type: t, policy: p, "
                    + "sort_order: %s, approval: {selection: {min: %s, max: %s}}}\n";

    private static PipelineYaml read(String retries, String order, String min, String max) {
        return PipelineYaml.read(STAGE.formatted(retries, order, min, max));
    }

    private static void assertOneFault(PipelineYaml yaml, String pointer, String detail) {
        assertThat(yaml.pipeline()).isNull();
        assertThat(yaml.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo(pointer);
            assertThat(fault.detail()).contains(detail);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"4294967297", "99999999999", "2147483648", "-2147483649", "1.5", "1e300", "9223372036854775808"})
    void aSortOrderThatDoesNotFitIsRefused(String order) {
        assertOneFault(
                read("1", order, "0", "1"),
                "/stages/0/sort_order",
                "must be a whole number from -2147483648 to 2147483647");
    }

    @ParameterizedTest
    @CsvSource({"2147483647, 2147483647", "-2147483648, -2147483648", "2.0, 2", "0, 0"})
    void aSortOrderThatFitsIsKeptAsItIs(String written, int read) {
        PipelineYaml yaml = read("1", written, "0", "1");
        assertThat(yaml.faults()).isEmpty();
        assertThat(requireNonNull(yaml.pipeline()).stages().get(0).sortOrder()).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4294967297", "1.5", "-1", "1000", "2147483647"})
    void retriesThatDoNotFitAreRefused(String retries) {
        assertOneFault(read(retries, "1", "0", "1"), "/policies/p/retries", "must be a whole number from 0 to 999");
    }

    @ParameterizedTest
    @CsvSource({"4294967297, 4294967298", "1.5, 2", "0, 4294967297", "one, 2", "2, 1"})
    void aCountOfAnApprovalThatDoesNotFitIsRefused(String min, String max) {
        assertOneFault(read("1", "1", min, max), "/stages/0/approval", "with whole numbers");
    }

    @Test
    void aTextIsNoNumber() {
        assertOneFault(read("1", "'1'", "0", "1"), "/stages/0/sort_order", "must be a number");
    }
}
