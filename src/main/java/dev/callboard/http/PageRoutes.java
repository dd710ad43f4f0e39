package dev.callboard.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The addresses of the pages, out of the one table of them, {@code js/pages.js}, by which the browser draws them too. */
final class PageRoutes {
    static final String TABLE = "js/pages.js";

    private static final Pattern PATH = Pattern.compile("\\bpath: '(/[^']*)'");

    private static final Pattern MODULE =
            Pattern.compile("\\bpath: '(/[^']*)'[^}]*?\\bimport\\('(\\./[^']+)'\\)", Pattern.DOTALL);

    private PageRoutes() {}

    /** The module that draws each page, by the page's path: {@code ./ui/task/cb-task.js} for {@code /tasks/:id}. */
    static Map<String, String> modules(String table) {
        Map<String, String> modules = new LinkedHashMap<>();
        MODULE.matcher(table).results().forEach(found -> modules.put(found.group(1), found.group(2)));
        return modules;
    }

    /** The paths, where {@code :name} stands for anything without a slash. */
    static List<String> of(String table) {
        List<String> paths = PATH.matcher(table)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        if (!paths.contains("/")) {
            throw new IllegalArgumentException(TABLE + " has no line with path: '/'");
        }
        return paths;
    }
}
