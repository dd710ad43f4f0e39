package dev.callboard.http;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The addresses of the pages, out of the one table of them, {@code js/pages.js}, by which the browser draws them too. */
final class PageRoutes {
    static final String TABLE = "js/pages.js";

    private static final Pattern PATH = Pattern.compile("\\bpath: '(/[^']*)'");

    private PageRoutes() {}

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
