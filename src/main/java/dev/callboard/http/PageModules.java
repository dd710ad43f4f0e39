package dev.callboard.http;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page loads, found by following the imports of its module: a browser that knows all of it from the HTML asks for
 * all of it at once, and not for one module after the other has arrived. Imports that are made later, by
 * {@code import()}, are not followed.
 */
final class PageModules {
    /** A file's text by its place: {@code /js/app.js} is ours, {@code /_static/…} a library's; empty when there is none. */
    interface Files {
        Optional<String> read(String place);
    }

    private static final String ENTRY = "/js/app.js";
    private static final String SHELL = "/js/ui/shell/cb-app.js";
    private static final Pattern IMPORT = Pattern.compile(
            "(?<![\\w.$])(?:import|export)(?:\\s*[\\w*${},\\s]*?[\\s}*]from)?\\s*[\"']([^\"'\\n]+)[\"']");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern STYLES = Pattern.compile("\\buseStyles\\('([a-z0-9-]+)'\\)");
    private static final Pattern PRELOAD = Pattern.compile(" *<link rel=\"modulepreload\"[^>]*>\\n");
    private static final Pattern SHEET =
            Pattern.compile(" *<link rel=\"stylesheet\" href=\"\\{\\{ui}}/css/([a-z0-9-]+)\\.css\">\\n");
    private static final String AFTER = "<script type=\"importmap\">{{importmap}}</script>\n";

    private final Set<String> modules;
    private final Set<String> sheets;
    private final Set<String> othersSheets;

    private PageModules(Set<String> modules, Set<String> sheets, Set<String> othersSheets) {
        this.modules = modules;
        this.sheets = sheets;
        this.othersSheets = othersSheets;
    }

    /**
     * Follows the imports of the shell and of a page's own module.
     *
     * @param module the page's module as the table of pages names it, such as {@code ./ui/task/cb-task.js}
     * @param others the modules of all pages: their style sheets are not named in this page's HTML
     * @param imports where bare names such as {@code lit} lead
     */
    static PageModules of(String module, List<String> others, Map<String, String> imports, Files files) {
        Set<String> sheets = new TreeSet<>();
        Set<String> modules = closure(List.of(ENTRY, SHELL, resolve("/js/pages.js", module)), imports, files, sheets);
        modules.remove(ENTRY);
        Set<String> othersSheets = new TreeSet<>();
        others.forEach(other -> closure(List.of(resolve("/js/pages.js", other)), imports, files, othersSheets));
        othersSheets.removeAll(sheets);
        return new PageModules(modules, sheets, othersSheets);
    }

    /** The page's HTML with links to all that it loads, in place of those that it has. */
    String fill(String html) {
        Set<String> named = new LinkedHashSet<>();
        String kept = SHEET.matcher(PRELOAD.matcher(html).replaceAll("")).replaceAll((MatchResult link) -> {
            named.add(link.group(1));
            return Matcher.quoteReplacement(othersSheets.contains(link.group(1)) ? "" : link.group());
        });
        StringBuilder links = new StringBuilder();
        sheets.stream().filter(sheet -> !named.contains(sheet)).forEach(sheet -> links.append(
                        "  <link rel=\"stylesheet\" href=\"{{ui}}/css/")
                .append(sheet)
                .append(".css\">\n"));
        modules.forEach(module -> links.append("  <link rel=\"modulepreload\" href=\"")
                .append(module.startsWith("/_static/") ? "{{prefix}}" : "{{ui}}")
                .append(module)
                .append("\">\n"));
        return kept.replace(AFTER, AFTER + links);
    }

    private static Set<String> closure(
            List<String> entries, Map<String, String> imports, Files files, Set<String> sheets) {
        Set<String> found = new TreeSet<>();
        Deque<String> waiting = new ArrayDeque<>(entries);
        while (!waiting.isEmpty()) {
            String place = waiting.pop();
            Optional<String> text = found.contains(place) ? Optional.empty() : files.read(place);
            if (text.isEmpty()) {
                continue;
            }
            found.add(place);
            String code = place.startsWith("/js/") ? COMMENT.matcher(text.get()).replaceAll("") : text.get();
            IMPORT.matcher(code).results().forEach(name -> target(place, name.group(1), imports)
                    .ifPresent(waiting::push));
            STYLES.matcher(code)
                    .results()
                    .map(name -> name.group(1))
                    .filter(sheet -> files.read("/css/" + sheet + ".css").isPresent())
                    .forEach(sheets::add);
        }
        return found;
    }

    private static Optional<String> target(String from, String name, Map<String, String> imports) {
        if (name.startsWith("./") || name.startsWith("../")) {
            return Optional.of(resolve(from, name));
        }
        String exact = imports.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        return imports.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("/") && name.startsWith(entry.getKey()))
                .max(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue() + name.substring(entry.getKey().length()));
    }

    private static String resolve(String from, String name) {
        return URI.create(from).resolve(name).getPath();
    }
}
