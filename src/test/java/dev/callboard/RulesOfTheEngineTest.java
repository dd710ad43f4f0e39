package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/engine.md} names places and tests that are there. */
class RulesOfTheEngineTest {
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z]\\d+) \\| (.+) \\|");
    private static final Pattern NAMED = Pattern.compile("`([A-Za-z]+)(?:\\.([A-Za-z]+))?`");

    /** Id to the cells behind it: rule, place and test. */
    private static final Map<String, List<String>> RULES = new HashMap<>();
    /** Id to why there is no test. */
    private static final Map<String, String> UNTESTED = new HashMap<>();
    /** Class name to the text of its files, of which there should be one. */
    private static final Map<String, List<String>> MAIN = new HashMap<>();

    private static final Map<String, List<String>> TESTS = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        for (String line : Files.readAllLines(Path.of("docs/engine.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                List<String> cells = List.of(row.group(2).split(" \\| ", -1));
                if (cells.size() == 1) {
                    UNTESTED.put(row.group(1), cells.get(0));
                } else {
                    assertThat(cells).as(line).hasSize(3);
                    assertThat(RULES.put(row.group(1), cells)).as(line).isNull();
                }
            }
        }
        sources("src/main/java", MAIN);
        sources("src/test/java", TESTS);
    }

    private static void sources(String folder, Map<String, List<String>> found) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                found.computeIfAbsent(name, key -> new ArrayList<>()).add(Files.readString(file));
            }
        }
    }

    /** The names of a cell that are not there. */
    private static List<String> missing(String cell, Map<String, List<String>> sources, String member) {
        List<String> missing = new ArrayList<>();
        Matcher named = NAMED.matcher(cell);
        while (named.find()) {
            List<String> texts = sources.getOrDefault(named.group(1), List.of());
            String wanted = named.group(2);
            boolean there = texts.size() == 1
                    && (wanted == null
                            || Pattern.compile(member.formatted(wanted))
                                    .matcher(texts.get(0))
                                    .find());
            if (!there) {
                missing.add(named.group());
            }
        }
        return missing;
    }

    private static boolean names(String cell) {
        return NAMED.matcher(cell).find();
    }

    @Test
    void everyPlaceIsThere() {
        assertThat(RULES).hasSizeGreaterThan(150);
        RULES.forEach((id, cells) -> {
            assertThat(names(cells.get(1))).as(id).isTrue();
            assertThat(missing(cells.get(1), MAIN, "\\b%s\\(")).as(id).isEmpty();
        });
    }

    @Test
    void everyTestIsThere() {
        RULES.forEach((id, cells) -> {
            String tests = cells.get(2);
            assertThat(names(tests) != tests.equals("none"))
                    .as(id + ": " + tests)
                    .isTrue();
            Matcher named = NAMED.matcher(tests);
            while (named.find()) {
                assertThat(named.group(2))
                        .as(id + ": the method of " + named.group())
                        .isNotNull();
            }
            assertThat(missing(tests, TESTS, "\\bvoid %s\\(")).as(id).isEmpty();
        });
    }

    @Test
    void whatHasNoTestSaysWhy() {
        TreeSet<String> none = new TreeSet<>();
        RULES.forEach((id, cells) -> {
            if (cells.get(2).equals("none")) {
                none.add(id);
            }
        });
        assertThat(new TreeSet<>(UNTESTED.keySet())).isEqualTo(none);
    }
}
