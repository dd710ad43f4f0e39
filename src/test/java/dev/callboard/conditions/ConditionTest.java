package dev.callboard.conditions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.conditions.Condition.View;
import dev.callboard.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
    private static final String LEDGER =
            """
            {"ready": true, "n": 5, "big": 12345678901234567890, "half": 0.50, "name": "ten", "none": null,
             "document": {"pages": [{"lines": 40}, {"lines": 2}], "title": "A"}, "list": [1, "b"]}
            """;

    @SuppressWarnings("unchecked")
    private static Map<String, Object> ledger(String json) {
        return (Map<String, Object>) Json.parse(json);
    }

    private static Condition read(String json) {
        ConditionReader.Reading read = ConditionReader.read(Json.parse(json));
        assertThat(read.faults()).isEmpty();
        return read.condition();
    }

    private static boolean met(String condition) {
        return read(condition).met(new View(ledger(LEDGER), Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"field\": \"ready\", \"equals\": true} | true",
                "{\"field\": \"ready\", \"equals\": \"true\"} | false",
                "{\"field\": \"ready\", \"not_equals\": false} | true",
                "{\"field\": \"missing\", \"not_equals\": 1} | true",
                "{\"field\": \"missing\", \"equals\": null} | true",
                "{\"field\": \"n\", \"equals\": 5.0} | true",
                "{\"field\": \"n\", \"equals\": \"5\"} | false",
                "{\"field\": \"half\", \"equals\": 5e-1} | true",
                "{\"field\": \"big\", \"gt\": 12345678901234567889} | true",
                "{\"field\": \"big\", \"gt\": 12345678901234567890} | false",
                "{\"field\": \"n\", \"gte\": 5} | true",
                "{\"field\": \"n\", \"gt\": 5} | false",
                "{\"field\": \"n\", \"lt\": 5.01} | true",
                "{\"field\": \"n\", \"lte\": 4} | false",
                "{\"field\": \"name\", \"gt\": 1} | false",
                "{\"field\": \"missing\", \"lt\": 1} | false",
                "{\"field\": \"ready\", \"gte\": 0} | false",
                "{\"field\": \"name\", \"in\": [\"nine\", \"ten\"]} | true",
                "{\"field\": \"n\", \"in\": [\"5\", [5]]} | false",
                "{\"field\": \"n\", \"in\": [5.0]} | true",
                "{\"field\": \"missing\", \"in\": [null]} | false",
                "{\"field\": \"n\", \"exists\": true} | true",
                "{\"field\": \"none\", \"exists\": true} | false",
                "{\"field\": \"none\", \"exists\": false} | true",
                "{\"field\": \"missing.deep.er\", \"exists\": false} | true",
                "{\"field\": \"document.pages.1.lines\", \"equals\": 2} | true",
                "{\"field\": \"document.pages.2.lines\", \"exists\": true} | false",
                "{\"field\": \"document.title.x\", \"exists\": true} | false",
                "{\"field\": \"list.1\", \"equals\": \"b\"} | true",
                "{\"field\": \"list.-1\", \"exists\": true} | false",
                "{\"field\": \"list\", \"equals\": [1.0, \"b\"]} | true",
                "{\"field\": \"document\", \"equals\": {\"title\": \"A\", \"pages\": [{\"lines\": 40}, {\"lines\": 2}]}} | true",
                "{\"all\": [{\"field\": \"ready\", \"equals\": true}, {\"field\": \"n\", \"gt\": 9}]} | false",
                "{\"any\": [{\"field\": \"ready\", \"equals\": true}, {\"field\": \"n\", \"gt\": 9}]} | true",
                "[{\"field\": \"ready\", \"equals\": true}, {\"any\": [{\"field\": \"n\", \"gt\": 4}]}] | true",
            })
    void conditionsHoldOrNot(String condition, boolean expected) {
        assertThat(met(condition)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "3 | ''",
                "[] | ''",
                "{} | /field",
                "{\"field\": \"n\"} | ''",
                "{\"field\": \"n\", \"gt\": 1, \"lt\": 3} | ''",
                "{\"field\": \"n\", \"gt\": \"1\"} | /gt",
                "{\"field\": \"n\", \"exists\": 1} | /exists",
                "{\"field\": \"n\", \"in\": []} | /in",
                "{\"field\": \"n\", \"equal\": 1} | /equal",
                "{\"field\": \"N\", \"equals\": 1} | /field",
                "{\"field\": \"n..m\", \"equals\": 1} | /field",
                "{\"all\": {}} | /all",
                "{\"all\": []} | /all",
                "{\"all\": [{\"field\": \"n\", \"equals\": 1}], \"any\": []} | ''",
                "[{\"any\": [{\"field\": \"n\", \"changed\": 1}]}] | /0/any/0/changed",
            })
    void whatIsNoConditionIsReportedWithItsPlace(String condition, String pointer) {
        assertThat(ConditionReader.read(Json.parse(condition)).faults()).containsKey(pointer);
    }

    @Test
    void nestingAndNumberAreLimited() {
        String test = "{\"field\": \"n\", \"equals\": 1}";
        assertThat(ConditionReader.read(Json.parse(nested(test, 7))).faults()).isEmpty();
        assertThat(ConditionReader.read(Json.parse(nested(test, 8))).faults().values())
                .containsExactly("is nested more than 8 deep");
        List<Object> many = new ArrayList<>();
        for (int i = 0; i <= ConditionReader.MAX_TESTS; i++) {
            many.add(Map.of("field", "n", "equals", i));
        }
        assertThat(ConditionReader.read(many).faults()).hasSize(1);
        assertThat(ConditionReader.read(many.subList(1, many.size())).faults()).isEmpty();
    }

    private static String nested(String test, int levels) {
        return levels == 0 ? test : "{\"any\": [" + nested(test, levels - 1) + "]}";
    }

    @Test
    void changeIsSeenByValueAgainstTheBeginning() {
        Condition changed = read("{\"field\": \"n\", \"changed\": true}");
        Condition same = read("{\"field\": \"n\", \"changed\": false}");
        Map<String, Object> first = changed.fingerprints(ledger("{\"n\": {\"a\": 1, \"b\": 2.0}}"));
        View equal = new View(ledger("{\"n\": {\"b\": 2, \"a\": 1.00}}"), first);
        View other = new View(ledger("{\"n\": {\"b\": 2, \"a\": 3}}"), first);
        View gone = new View(Map.of(), first);
        assertThat(List.of(changed.met(equal), changed.met(other), changed.met(gone)))
                .containsExactly(false, true, true);
        assertThat(List.of(same.met(equal), same.met(other), same.met(gone))).containsExactly(true, false, false);
        assertThat(changed.met(new View(Map.of("n", 1), changed.fingerprints(Map.of()))))
                .isTrue();
    }

    @Test
    void whatIsAwaitedIsReportedWithTheValuesSeen() {
        View view = new View(ledger(LEDGER), Map.of());
        assertThat(read("{\"field\": \"done\", \"equals\": true}").awaited(view))
                .isEqualTo("done to equal true (it is not set)");
        assertThat(
                        read("""
                                [{"field": "ready", "equals": true},
                                 {"any": [{"field": "n", "gt": 9.50}, {"field": "name", "in": ["x", "y"]}]},
                                 {"field": "document.pages.0", "changed": true}]
                                """)
                                .awaited(view))
                .isEqualTo("[n to be greater than 9.5 (it is 5) or name to be one of \"x\", \"y\" (it is \"ten\")]"
                        + " and document.pages.0 to change (it is still {\"lines\": 40})");
    }
}
