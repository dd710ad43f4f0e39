package dev.callboard.conditions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.callboard.conditions.Condition.View;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConditionPropertyTest {
    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> plain = Arbitraries.oneOf(
                Arbitraries.integers().between(-3, 3).asGeneric(),
                Arbitraries.of(0.0, 1.0, 2.5, -3.0, 1e300).asGeneric(),
                Arbitraries.of(new BigDecimal("1.00"), new BigDecimal("1e-40")).asGeneric(),
                Arbitraries.of("", "a", "1", "true").asGeneric(),
                Arbitraries.of(true, false).asGeneric());
        return Arbitraries.lazyOf(
                () -> plain, () -> plain, () -> values().list().ofMaxSize(2).asGeneric(), () -> Arbitraries.maps(
                                Arbitraries.of("a", "b"), values())
                        .ofMaxSize(2)
                        .asGeneric());
    }

    @Property(tries = 500)
    void noValueBreaksAConditionAndOppositesAreOpposite(
            @ForAll("values") Object value, @ForAll("values") Object wanted) {
        View view = new View(new LinkedHashMap<>(Map.of("k", value)), Map.of());
        FieldPath field = new FieldPath("k");
        for (Operator operator : Operator.values()) {
            Condition.Test test = new Condition.Test(field, operator, wanted);
            assertThatCode(() -> test.met(view)).doesNotThrowAnyException();
            assertThat(test.awaited(view)).startsWith("k ");
        }
        boolean equal = new Condition.Test(field, Operator.EQUALS, wanted).met(view);
        assertThat(new Condition.Test(field, Operator.NOT_EQUALS, wanted).met(view))
                .isNotEqualTo(equal);
        assertThat(JsonValues.fingerprint(value).equals(JsonValues.fingerprint(wanted)))
                .isEqualTo(equal);
        if (value instanceof Number && wanted instanceof Number) {
            boolean gt = new Condition.Test(field, Operator.GT, wanted).met(view);
            boolean lt = new Condition.Test(field, Operator.LT, wanted).met(view);
            assertThat(List.of(gt, lt, equal)).containsOnlyOnce(true);
        }
    }
}
