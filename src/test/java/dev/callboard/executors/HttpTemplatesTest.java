package dev.callboard.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.json.Json;
import dev.callboard.palette.TemplateValues;
import dev.callboard.spi.StageFailure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value stays in its place, whatever it is. */
class HttpTemplatesTest {
    private static HttpTemplates of(Object input) {
        return new HttpTemplates(
                new TemplateValues(Map.of("task.id", "t1"), Map.of("base", "http://h"), input, Json::write));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h/{{input}} | a/b?c#d&e | http://h/a%2Fb%3Fc%23d%26e",
                "http://h/{{input}} | ../x | http://h/..%2Fx",
                "http://h/{{input}} | {{task.id}} | http://h/%7B%7Btask.id%7D%7D",
                "http://h/{{input}} | \u20AC\u202E | http://h/%E2%82%AC%E2%80%AE",
                "http://h/?q={{input}} | a+b c*~% | http://h/?q=a%2Bb%20c%2A~%25",
                "http://{{input}}.h/ | a | http://a.h/",
                "{{settings.base}}/{{input}} | x y | http://h/x%20y",
                "{{input}}/z | http://other:81/a?b= | http://other:81/a?b=/z",
                "http://h/{{#input}}yes{{/input}} | x | http://h/yes",
            })
    void inAnAddress(String template, String input, String url) throws Exception {
        assertThat(of(input).url(template, null)).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.test/", "evil.test#", "a@evil.test", "evil.test:80", "[::1]", "a\u0000", "\r\nx"})
    void noValueChangesTheHost(String input) {
        for (String template : List.of("http://{{input}}.h/", "http://h{{input}}/", "http://u{{input}}@h/")) {
            assertThatThrownBy(() -> of(input).url(template, null)).isInstanceOf(StageFailure.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "%2e%2E", ".%2e"})
    void noValueLeadsToAnotherPath(String part) {
        assertThatThrownBy(() -> of("http://h/a/" + part + "/b").url("{{input}}", null))
                .isInstanceOf(StageFailure.class);
        if (!part.contains("%")) {
            assertThatThrownBy(() -> of(part).url("http://h/{{input}}/b", null)).isInstanceOf(StageFailure.class);
        }
    }

    @Test
    void inAQueryNamesAndValuesAreComponents() throws Exception {
        Map<String, Object> query = Map.of("a&b", List.of("{{input}}", 1, true));
        assertThat(of("x=1&y").url("http://h/p?z=1#top", query))
                .hasToString("http://h/p?z=1&a%26b=x%3D1%26y&a%26b=1&a%26b=true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\u0000b", "a\u007Fb", "a\u0085b"})
    void noHeaderBeginsAnotherOne(String input) {
        assertThatThrownBy(() -> of(input).headers(Map.of("X-A", "{{input}}")))
                .isInstanceOf(StageFailure.class)
                .hasMessageContaining("X-A");
    }

    @Test
    void inJsonAValueIsData() {
        Map<String, Object> input = new HashMap<>();
        input.put("text", "\", \"evil\": \"{{task.id}}");
        input.put("list", Arrays.asList(1, null, Map.of("k", "v")));
        Object filled = of(input)
                .json(Map.of(
                        "whole", "{{input.text}}",
                        "in", "<{{input.text}}>",
                        "list", "{{input.list}}",
                        "none", List.of("{{input.nothing}}", "{{input.list.0}}"),
                        "{{input}}", 3,
                        "escaped", "\\{{input}}"));
        Map<?, ?> map = (Map<?, ?>) Json.parse(Json.write(filled));
        assertThat(map.get("whole")).isEqualTo(input.get("text"));
        assertThat(map.get("in")).isEqualTo("<" + input.get("text") + ">");
        assertThat(Json.write(map.get("list"))).isEqualTo("[1,null,{\"k\":\"v\"}]");
        assertThat(map.get("none")).isEqualTo(Arrays.asList(null, 1));
        assertThat(map.get("{{input}}")).isEqualTo(3);
        assertThat(map.get("escaped")).isEqualTo("{{input}}");
    }

    @Test
    void inAFormAValueIsData() {
        assertThat(of("1&b=2 \u00FC").form(Map.of("a", "{{input}}"))).isEqualTo("a=1%26b%3D2+%C3%BC");
    }
}
