package dev.callboard.pipelines;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources and sinks as pipelines say them. */
class PipelineEndsTest {
    private static PipelineYaml read(String ends) {
        return PipelineYaml.read("name: p\nstages: [{name: s, type: chunk}]\n" + ends);
    }

    private static Pipeline good(String ends) {
        PipelineYaml yaml = read(ends);
        assertThat(yaml.faults()).isEmpty();
        return requireNonNull(yaml.pipeline());
    }

    @Test
    void allTypesAreReadWithTheirDefaults() {
        Pipeline pipeline = good(
                """
                sources:
                  - {name: hand, type: files}
                  - {name: nightly, type: schedule, config: {cron: 0 3 * * *, time_zone: Europe/Berlin}}
                  - {name: hook, type: webhook, config: {hmac_secret: "secret:hook"}}
                  - {name: inbox, type: folder, config: {path: /srv/inbox, pattern: "*.{xml,txt}", then: move}}
                sinks:
                  - {name: kept, type: result}
                  - {name: out, type: file, after: s, config: {path: /srv/out, name: "{{task.id}}.json"}}
                  - {name: told, type: webhook, config: {url: "https://example.org/in", secret: "env:HOOK"}}
                """);
        assertThat(pipeline.sources())
                .extracting(source -> source.type(), source -> source.config().members())
                .containsExactly(
                        tuple("files", Map.of()),
                        tuple(
                                "schedule",
                                Map.of(
                                        "cron", "0 3 * * *",
                                        "time_zone", "Europe/Berlin",
                                        "overlap", "skip",
                                        "missed", "last")),
                        tuple("webhook", Map.of("hmac_secret", "secret:hook", "input", "body")),
                        tuple("folder", Map.of("path", "/srv/inbox", "pattern", "*.{xml,txt}", "then", "move")));
        assertThat(pipeline.sinks().get(1).after()).containsExactly("s");
        assertThat(pipeline.sinks().get(2).config().members())
                .isEqualTo(Map.of("url", "https://example.org/in", "secret", "env:HOOK"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sources: [{name: a, type: tape}]                     | /sources/0/type | must be one of files
                    sources: [{name: a, type: files, config: {x: 1}}]    | /sources/0/config/x | is not known
                    sources: [{name: a, type: schedule}]                 | /sources/0/config/cron | is missing
                    sources: [{name: a, type: schedule, config: {cron: "99 * * * *"}}] | /sources/0/config/cron | 5 fields
                    sources: [{name: a, type: schedule, config: {cron: "* * * * *", time_zone: Mars/Olympus}}] | /sources/0/config/time_zone | time zone
                    sources: [{name: a, type: schedule, config: {cron: "* * * * *", overlap: never}}] | /sources/0/config/overlap | skip, queue, start
                    sources: [{name: a, type: webhook, config: {hmac_secret: hunter2}}] | /sources/0/config/hmac_secret | secret:NAME
                    sources: [{name: a, type: folder, config: {path: inbox}}] | /sources/0/config/path | whole path
                    sources: [{name: a, type: folder, config: {path: /in, pattern: a/b}}] | /sources/0/config/pattern | without /
                    sources: [{name: a, type: folder, config: {path: /in, then: delete}}] | /sources/0/config/then | keep, move
                    sources: [{name: s, type: files}]                    | /sources/0/name | there is a stage 's' already
                    sources: [{name: a, type: files, when: now}]         | /sources/0/when | is not known
                    sinks: [{name: a, type: result, after: [nobody]}]    | /sinks/0/after | no stage 'nobody'
                    sinks: [{name: a, type: webhook, config: {url: x}}]  | /sinks/0/config/secret | is missing
                    sinks: [{name: s, type: result}]                     | /sinks/0/name | there is a stage 's' already
                    """)
    void whatIsWrongIsSaidWithItsPlace(String ends, String pointer, String detail) {
        assertThat(read(ends).faults()).anySatisfy(fault -> {
            assertThat(fault.pointer()).isEqualTo(pointer);
            assertThat(fault.detail()).contains(detail);
        });
    }

    @Test
    void theWordsThatSourcesOnceWereAreStillReadAsThose() {
        PipelineYaml yaml = read("sources: [text, .pdf]");
        assertThat(requireNonNull(yaml.pipeline()).applicableSources()).isEqualTo(List.of("text", ".pdf"));
        assertThat(yaml.warnings())
                .anySatisfy(warning -> assertThat(warning.pointer()).isEqualTo("/sources"));
    }

    @Test
    void onlyWhatFiresByItselfHasATrigger() {
        assertThat(SourceConfig.Given.TEXT.fires()).isFalse();
        assertThat(good("sources: [{name: hook, type: webhook}]")
                        .sources()
                        .get(0)
                        .config()
                        .fires())
                .isTrue();
    }
}
