package dev.callboard.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Alerts, dashboard and documentation speak of what {@code /metrics} says. */
class MetricsNamesTest extends MetricsFixture {
    private static final Pattern OURS = Pattern.compile("\\bcallboard_[a-z0-9_]+");

    @Test
    void alertsDashboardAndDocumentationNameWhatIsServed() throws IOException {
        run("echo", "completed");
        await().until(() -> metrics().sum("callboard_executions_total") > 0);
        Set<String> served = metrics().names();

        List<String> rules = alerts();
        assertThat(rules).hasSizeGreaterThanOrEqualTo(8);
        assertThat(named(String.join("\n", rules))).isNotEmpty().allMatch(served::contains);

        Map<?, ?> dashboard;
        try (InputStream json = Files.newInputStream(Path.of("deploy/grafana/callboard.json"))) {
            dashboard = (Map<?, ?>) Json.parse(json.readAllBytes());
        }
        List<?> panels = (List<?>) dashboard.get("panels");
        List<String> expressions = new ArrayList<>();
        Set<Object> ids = new TreeSet<>();
        for (Object panel : panels) {
            assertThat(((Map<?, ?>) panel).get("gridPos")).isInstanceOf(Map.class);
            assertThat(ids.add(((Map<?, ?>) panel).get("id"))).isTrue();
            if (((Map<?, ?>) panel).get("targets") instanceof List<?> targets) {
                targets.forEach(target -> expressions.add((String) ((Map<?, ?>) target).get("expr")));
            }
        }
        assertThat(expressions).hasSizeGreaterThanOrEqualTo(12).doesNotContainNull();
        assertThat(named(String.join("\n", expressions))).isNotEmpty().allMatch(served::contains);

        String documented = Files.readString(Path.of("docs/metrics.md"));
        Set<String> table = named(documented);
        Set<String> families = new TreeSet<>();
        served.stream()
                .filter(name -> name.startsWith("callboard_"))
                .forEach(name -> families.add(name.replaceFirst("_(bucket|sum|count|max)$", "")));
        assertThat(table).as("docs/metrics.md").isEqualTo(families);
    }

    private static List<String> alerts() throws IOException {
        Map<?, ?> file = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Path.of("deploy/prometheus/alerts.yaml")));
        List<String> expressions = new ArrayList<>();
        for (Object group : (List<?>) file.get("groups")) {
            for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                Map<?, ?> alert = (Map<?, ?>) rule;
                assertThat(Stream.of("alert", "expr", "labels", "annotations")).allMatch(alert::containsKey);
                assertThat(((Map<?, ?>) alert.get("annotations")).keySet().toString())
                        .isEqualTo("[summary, description]");
                expressions.add((String) alert.get("expr"));
            }
        }
        return expressions;
    }

    private static Set<String> named(String text) {
        Set<String> names = new TreeSet<>();
        Matcher name = OURS.matcher(text);
        while (name.find()) {
            names.add(name.group());
        }
        return names;
    }
}
