package dev.callboard.conditions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConditionReaderTest {
    private static List<String> faults(Object condition) {
        return ConditionReader.readOne(condition).faults().entrySet().stream()
                .map(fault -> "/c" + fault.getKey() + " " + fault.getValue())
                .toList();
    }

    private static Object nested(int depth) {
        Object condition = Map.of("field", "a", "equals", 1);
        for (int i = 1; i < depth; i++) {
            condition = Map.of("all", List.of(condition));
        }
        return condition;
    }

    @Test
    void everyOperatorAndNestingIsTaken() {
        for (Map<String, Object> condition : List.<Map<String, Object>>of(
                Map.of("field", "ready", "equals", true),
                Map.of("field", "document.pages", "not_equals", "x"),
                Map.of("field", "a", "exists", false),
                Map.of("field", "a.b.0", "gt", 3),
                Map.of("field", "a", "gte", 3.5),
                Map.of("field", "a", "lt", 3),
                Map.of("field", "a", "lte", 3),
                Map.of("field", "a", "in", List.of(1, "b")),
                Map.of("field", "a", "changed", true),
                Map.of("any", List.of(nested(2), Map.of("field", "b", "exists", true))))) {
            assertThat(faults(condition)).as(condition.toString()).isEmpty();
        }
        assertThat(faults(nested(ConditionReader.MAX_DEPTH))).isEmpty();
    }

    @Test
    void everythingElseIsReportedWithItsPlace() {
        assertThat(faults("yes")).singleElement().asString().startsWith("/c must be an object");
        assertThat(faults(Map.of("equals", 1))).containsExactly("/c/field is missing");
        assertThat(faults(Map.of("field", "Ledger Key", "equals", 1)))
                .singleElement()
                .asString()
                .startsWith("/c/field must be a path");
        assertThat(faults(Map.of("field", "a"))).singleElement().asString().contains("says nothing");
        assertThat(faults(Map.of("field", "a", "equals", 1, "gt", 2)))
                .singleElement()
                .asString()
                .contains("one operator", "equals, gt");
        assertThat(faults(Map.of("field", "a", "gt", "3"))).containsExactly("/c/gt must be a number");
        assertThat(faults(Map.of("field", "a", "exists", 1))).containsExactly("/c/exists must be true or false");
        assertThat(faults(Map.of("field", "a", "in", List.of())))
                .singleElement()
                .asString()
                .startsWith("/c/in ");
        assertThat(faults(Map.of("field", "a", "equal", 1)))
                .anySatisfy(fault -> assertThat(fault).startsWith("/c/equal is not known here"));
        assertThat(faults(Map.of("all", List.of(), "any", List.of())))
                .singleElement()
                .asString()
                .contains("alone");
        assertThat(faults(Map.of("any", List.of(Map.of("field", "a", "gt", true)))))
                .containsExactly("/c/any/0/gt must be a number");
        assertThat(faults(nested(ConditionReader.MAX_DEPTH + 1)))
                .singleElement()
                .asString()
                .contains("nested more than 8");
    }
}
