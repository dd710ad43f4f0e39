package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each page names all that it loads, so that no module is found only after another one has arrived. */
class PagePreloadTest extends UntouchedServer {
    private static final Pattern LINK = Pattern.compile("<link rel=\"(modulepreload|stylesheet)\" href=\"([^\"]+)\">");
    private static final Pattern STATIC =
            Pattern.compile("(?m)^(?:import|export)\\s(?:[^;']*?\\sfrom\\s)?'(\\.{1,2}/[^']+)'");
    private static final String SHELL = "/js/ui/shell/cb-app.js";

    @Test
    void everyModuleThatAPageImportsIsNamedInItsHtmlAndIsThere() throws IOException {
        String table = Files.readString(Path.of("webroot", PageRoutes.TABLE));
        Map<String, String> modules = PageRoutes.modules(table);
        assertThat(modules.keySet()).containsExactlyElementsOf(PageRoutes.of(table));
        modules.forEach((route, module) -> {
            String path = route.replaceAll(":\\w+", "abc");
            Set<String> named = links(path, "modulepreload");
            String base = base(path);
            assertThat(named).as(path).contains(base + "/js/" + module.replace("./", ""), base + SHELL);
            for (String address : named) {
                String text = http.get(address).text();
                if (address.startsWith(base)) {
                    STATIC.matcher(text).results().forEach(found -> assertThat(named)
                            .as("what %s imports, on %s", address, path)
                            .contains(
                                    URI.create(address).resolve(found.group(1)).getPath()));
                }
            }
        });
    }

    @Test
    void librariesAreNamedTooAndAllIsNamedOnce() {
        String page = http.get("/tasks/abc").text();
        List<String> all =
                LINK.matcher(page).results().map(link -> link.group(2)).toList();
        assertThat(all).doesNotHaveDuplicates();
        assertThat(all).anyMatch(address -> address.startsWith("/_static/lit/"));
        assertThat(all)
                .allSatisfy(address ->
                        assertThat(http.get(address).status()).as(address).isEqualTo(200));
        assertThat(page.indexOf("rel=\"modulepreload\""))
                .isGreaterThan(page.indexOf("</script>", page.indexOf("importmap")));
    }

    @Test
    void aPageNamesNoFilesOfAnother() {
        assertThat(links("/tasks/abc", "modulepreload")).noneMatch(address -> address.endsWith("/cb-outline.js"));
        assertThat(links("/tasks/abc", "stylesheet"))
                .anyMatch(address -> address.endsWith("/cb-stepper.css"))
                .noneMatch(address -> address.endsWith("/cb-outline.css"));
        assertThat(links("/", "stylesheet")).anyMatch(address -> address.endsWith("/cb-outline.css"));
    }

    private static Set<String> links(String path, String kind) {
        return LINK.matcher(http.get(path).text())
                .results()
                .filter(link -> link.group(1).equals(kind))
                .map(link -> link.group(2))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String base(String path) {
        return links(path, "modulepreload").stream()
                .filter(address -> address.endsWith(SHELL))
                .map(address -> address.replace(SHELL, ""))
                .findFirst()
                .orElseThrow();
    }
}
