package dev.callboard.palette;

import dev.callboard.problem.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Logic-less templates of prompts.
 *
 * <ul>
 *   <li>{@code {{name}}} is the value of that name; a name without a value is nothing.
 *   <li>{@code {{#name}} … {{/name}}} is there when the name has a value that is neither blank nor false nor
 *       empty.
 *   <li>{@code {{^name}} … {{/name}}} is there when it has none.
 * </ul>
 *
 * <p>A backslash before a tag makes it text: <code>\{{name}}</code> is <code>{{name}}</code>, without the backslash.
 *
 * <p>A name is {@code [A-Za-z_][A-Za-z0-9_]*}, or a path that begins with {@code settings.}, {@code task.} or {@code input.} and
 * goes on with letters of any script, digits, {@code _} and {@code -}, with blanks around it or not. A section's tag alone on a line takes the line
 * with it. Anything else, single braces among them, is text. Values are text: braces in them are never read.
 */
public final class PromptTemplate {
    private static final Pattern TAG = Pattern.compile("\\\\?\\{\\{([#^/]?)[ \\t]*+"
            + "((?:settings|task|input)(?:\\.[\\p{L}\\p{M}\\p{N}_-]++)++|[A-Za-z_][A-Za-z0-9_]*+)[ \\t]*+}}");

    /** The deepest nesting of sections. */
    public static final int MAX_DEPTH = 50;

    /** The most faults that are said of one template: who fixes those finds the others. */
    private static final int MAX_FAULTS = 20;

    private PromptTemplate() {}

    /** A section that is not closed yet, and whether what is in it shows. */
    private record Section(String name, int at, boolean shown) {}

    /**
     * Fills a template in. One with {@link #violations} is filled in as well as it goes: an unclosed section ends with the
     * text, a closing tag without its section is nothing.
     *
     * @param values what the names stand for; names that the template doesn't use are no fault
     */
    public static String render(String template, TemplateValues values) {
        return render(template, values, UnaryOperator.identity());
    }

    /**
     * The same with a form of its own for values, such as percent-encoding.
     *
     * @param form makes of a value what stands in its place
     */
    public static String render(String template, TemplateValues values, UnaryOperator<String> form) {
        StringBuilder text = new StringBuilder(template.length());
        Deque<Section> open = new ArrayDeque<>();
        Matcher tag = TAG.matcher(template);
        int done = 0;
        while (tag.find()) {
            boolean shown = isShown(open);
            if (isText(tag)) {
                text.append(
                        shown
                                ? template.substring(done, tag.start())
                                        + tag.group().substring(1)
                                : "");
                done = tag.end();
                continue;
            }
            boolean section = !tag.group(1).isEmpty();
            int lineEnd = section ? endOfOwnLine(template, tag) : -1;
            if (shown) {
                text.append(template, done, lineEnd < 0 ? tag.start() : startOfLine(template, tag.start()));
            }
            done = lineEnd < 0 ? tag.end() : lineEnd;
            String name = tag.group(2);
            switch (tag.group(1)) {
                case "#" -> open.push(new Section(name, tag.start(), shown && has(values, name)));
                case "^" -> open.push(new Section(name, tag.start(), shown && !has(values, name)));
                case "/" -> close(open, name);
                default -> text.append(shown ? form.apply(values.text(name)) : "");
            }
        }
        if (isShown(open)) {
            text.append(template, done, template.length());
        }
        return text.toString();
    }

    /** The name that a template is, in double braces and with nothing around it; nothing for any other template. */
    public static Optional<String> onlyName(String template) {
        Matcher tag = TAG.matcher(template);
        return tag.matches() && !isText(tag) && tag.group(1).isEmpty() ? Optional.of(tag.group(2)) : Optional.empty();
    }

    /**
     * What is wrong with a template: sections that are not closed, or closed in another order than they were opened.
     *
     * @return one for each fault, with its line; none for a sound template
     */
    public static List<Violation> violations(String template) {
        List<Violation> violations = new ArrayList<>();
        Deque<Section> open = new ArrayDeque<>();
        Matcher tag = TAG.matcher(template);
        while (violations.size() < MAX_FAULTS && tag.find()) {
            if (isText(tag)) {
                continue;
            }
            String name = tag.group(2);
            if (Set.of("#", "^").contains(tag.group(1))) {
                if (open.size() == MAX_DEPTH) {
                    violations.add(wrong("sections are nested deeper than %d levels in line %d"
                            .formatted(MAX_DEPTH, line(template, tag.start()))));
                    return violations;
                }
                open.push(new Section(name, tag.start(), true));
            } else if (tag.group(1).equals("/")) {
                int line = line(template, tag.start());
                List<Section> unclosed = close(open, name);
                if (unclosed.isEmpty()) {
                    violations.add(wrong("{{/%s}} in line %d closes no section".formatted(name, line)));
                }
                unclosed.stream()
                        .skip(1)
                        .forEach(inner -> violations.add(
                                wrong("{{/%s}} in line %d comes before {{/%s}}, the end of the section of line %d"
                                        .formatted(name, line, inner.name(), line(template, inner.at())))));
            }
        }
        if (violations.size() >= MAX_FAULTS) {
            return violations;
        }
        for (Iterator<Section> rest = open.descendingIterator(); rest.hasNext(); ) {
            Section section = rest.next();
            violations.add(wrong("the section '%s' of line %d is not closed by {{/%s}}"
                    .formatted(section.name(), line(template, section.at()), section.name())));
        }
        return violations;
    }

    /** The names that it uses, of values and of sections, in order. */
    public static Set<String> names(String template) {
        Set<String> names = new LinkedHashSet<>();
        Matcher tag = TAG.matcher(template);
        while (tag.find()) {
            if (!isText(tag)) {
                names.add(tag.group(2));
            }
        }
        return names;
    }

    private static boolean isText(Matcher tag) {
        return tag.group().startsWith("\\");
    }

    private static Violation wrong(String detail) {
        return new Violation("", "The template is not sound: " + detail + ".");
    }

    private static boolean isShown(Deque<Section> open) {
        Section inner = open.peek();
        return inner == null || inner.shown();
    }

    private static boolean has(TemplateValues values, String name) {
        return values.shows(name);
    }

    /** Closes the innermost section of that name and all in it: the section first, then the inner ones; nothing if none. */
    private static List<Section> close(Deque<Section> open, String name) {
        List<Section> closed = new ArrayList<>();
        if (open.stream().anyMatch(section -> section.name().equals(name))) {
            Section section;
            do {
                section = open.pop();
                closed.add(0, section);
            } while (!section.name().equals(name));
        }
        return closed;
    }

    private static int line(String template, int at) {
        return 1
                + (int) template.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    private static int startOfLine(String template, int at) {
        return template.lastIndexOf('\n', at - 1) + 1;
    }

    /** Where the next line starts when the tag is all that is on its line, else -1. */
    private static int endOfOwnLine(String template, Matcher tag) {
        int before = tag.start() - 1;
        while (before >= 0 && isBlank(template.charAt(before))) {
            before--;
        }
        int after = tag.end();
        while (after < template.length() && isBlank(template.charAt(after))) {
            after++;
        }
        boolean alone = (before < 0 || template.charAt(before) == '\n')
                && (after == template.length() || template.charAt(after) == '\n');
        return alone ? Math.min(after + 1, template.length()) : -1;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }
}
