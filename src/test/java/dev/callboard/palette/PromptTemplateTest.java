package dev.callboard.palette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.json.Json;
import dev.callboard.problem.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PromptTemplateTest {
    private static final Map<String, String> VALUES = Map.of("title", "Payments", "blank", " \n");

    @Provide
    Arbitrary<String> payloads() {
        Arbitrary<String> syntax = Arbitraries.of(
                "{{",
                "}}",
                "{{title}}",
                "{{#title}}",
                "{{^title}}",
                "{{/title}}",
                "{",
                "}",
                "$1",
                "\\",
                "${title}",
                "{{payload}}",
                "{{#payload}}",
                "{{/payload}}",
                "\n",
                "<%= 7*7 %>",
                "#{7*7}",
                "{{{payload}}}",
                "%s");
        return Arbitraries.oneOf(syntax, Arbitraries.strings().ofMaxLength(20))
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 10_000)
    void aValueIsNeverRead(@ForAll("payloads") String payload) {
        Map<String, String> values = new HashMap<>(VALUES);
        values.put("payload", payload);
        assertThat(render("<{{payload}}|{{title}}>", values)).isEqualTo("<" + payload + "|Payments>");
        assertThat(render("{{#title}}{{ payload }}{{/title}}", values)).isEqualTo(payload);
    }

    @Property(tries = 2_000)
    void anyTextIsATemplate(@ForAll("payloads") String template) {
        String once = render(template, VALUES);
        if (!template.contains("{{")) {
            assertThat(once).isEqualTo(template);
        }
        PromptTemplate.violations(template)
                .forEach(violation -> assertThat(violation.detail()).contains("line"));
    }

    @Example
    void settingsAndTheInputHaveNamesToo() {
        TemplateValues values = new TemplateValues(
                Map.of("task.id", "t1"),
                Map.of("tone", "{{task.id}}", "max-words", 12),
                Map.of("title", "A", "authors", List.of("B", Map.of("name", "C"))),
                Json::write);
        assertThat(PromptTemplate.render(
                        "{{settings.tone}} {{settings.max-words}} {{settings.none}}{{task.id}}", values))
                .isEqualTo("{{task.id}} 12 t1");
        assertThat(PromptTemplate.render("{{input.title}} {{input.authors.1.name}} {{input.authors.7}}|", values))
                .isEqualTo("A C |");
        assertThat(PromptTemplate.render("{{input.authors}} {{#input.title}}yes{{/input.title}}", values))
                .isEqualTo("[\"B\",{\"name\":\"C\"}] yes");
        TemplateValues flags = new TemplateValues(
                Map.of(), Map.of("off", false, "on", true, "none", List.of(), "zero", 0), null, Json::write);
        assertThat(PromptTemplate.render(
                        "{{#settings.off}}1{{/settings.off}}{{#settings.on}}2{{/settings.on}}"
                                + "{{#settings.none}}3{{/settings.none}}{{#settings.zero}}4{{/settings.zero}}",
                        flags))
                .isEqualTo("24");
        assertThat(PromptTemplate.render("{{foo.bar}} {{settings}}", values)).isEqualTo("{{foo.bar}} ");
    }

    @Example
    void pathsHaveLettersOfAnyScript() {
        TemplateValues values = new TemplateValues(Map.of(), Map.of(), Map.of("größe", 7, "名前", "x"), Json::write);
        assertThat(PromptTemplate.render("{{input.größe}} {{input.名前}}", values))
                .isEqualTo("7 x");
    }

    @Example
    void aNameWithoutAValueIsNothing() {
        assertThat(render("a{{missing}}b {{ title }}")).isEqualTo("ab Payments");
    }

    @Example
    void sectionsShowByPresence() {
        assertThat(render("{{#title}}yes{{/title}}{{^title}}no{{/title}}")).isEqualTo("yes");
        assertThat(render("{{#missing}}yes{{/missing}}{{^missing}}no{{/missing}}"))
                .isEqualTo("no");
        assertThat(render("{{#blank}}yes{{/blank}}{{^blank}}no{{/blank}}")).isEqualTo("no");
    }

    @Example
    void aHiddenSectionHidesWhatIsInIt() {
        assertThat(render("{{#missing}}1{{#title}}2{{/title}}{{title}}{{^other}}3{{/other}}{{/missing}}4"))
                .isEqualTo("4");
        assertThat(render("{{#title}}1{{^missing}}2{{/missing}}{{/title}}3")).isEqualTo("123");
    }

    @Example
    void aSectionTagAloneOnALineTakesTheLineWithIt() {
        assertThat(render("Task\n{{#title}}\nName: {{title}}\n  {{/title}}\n{{#missing}}\nInput\n{{/missing}}\nEnd\n"))
                .isEqualTo("Task\nName: Payments\nEnd\n");
        assertThat(render("{{#title}}\r\nx\r\n{{/title}}")).isEqualTo("x\r\n");
    }

    @Example
    void anythingElseIsText() {
        for (String text : List.of("{title}", "{{ti tle}}", "{{}}", "{{title", "title}}", "{{>title}}", "{{1}}")) {
            assertThat(render(text)).isEqualTo(text);
        }
        assertThat(render("{{{title}}}")).isEqualTo("{Payments}");
    }

    @Example
    void faultsHaveALine() {
        assertThat(details("{{#a}}{{^b}}x{{/b}}{{/a}}{{c}}")).isEmpty();
        assertThat(details("\n{{#a}}")).containsExactly(sentence("the section 'a' of line 2 is not closed by {{/a}}"));
        assertThat(details("{{/a}}")).containsExactly(sentence("{{/a}} in line 1 closes no section"));
        assertThat(details("{{#a}}\n{{#b}}\n{{/a}}{{/b}}"))
                .containsExactly(
                        sentence("{{/a}} in line 3 comes before {{/b}}, the end of the section of line 2"),
                        sentence("{{/b}} in line 3 closes no section"));
    }

    private static String render(String template) {
        return render(template, VALUES);
    }

    private static String render(String template, Map<String, String> values) {
        return PromptTemplate.render(template, new TemplateValues(values, Map.of(), null, String::valueOf));
    }

    private static List<String> details(String template) {
        return PromptTemplate.violations(template).stream()
                .map(Violation::detail)
                .toList();
    }

    private static String sentence(String fault) {
        return "The template is not sound: " + fault + ".";
    }
}
