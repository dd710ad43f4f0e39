package dev.callboard.download;

import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path into JSON-shaped values: names with dots between them, {@code [3]} for one element, {@code [*]} or {@code []} for
 * all; {@code .3} and {@code .*} are the same. {@code documents[*].links[*].href}, {@code [].url}.
 *
 * @param steps names, numbers and {@code *}
 */
record DataPath(List<String> steps) {
    private static final Pattern STEP = Pattern.compile("\\[(?<index>[0-9]{1,9}|\\*?)\\]|\\.?(?<name>[^.\\[\\]]+)");

    DataPath {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a path.
     *
     * @throws StageFailure {@code invalid_settings}, naming the setting {@code from}
     */
    static DataPath parse(String text) throws StageFailure {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int at = 0;
        while (matcher.lookingAt() && at < text.length()) {
            String index = matcher.group("index");
            String name = matcher.group("name");
            boolean dotFirst = at == 0 && text.startsWith(".");
            if (dotFirst || (name != null && at > 0 && text.charAt(at) != '.')) {
                break;
            }
            steps.add(name != null ? name.strip() : index.isEmpty() ? "*" : index);
            at = matcher.end();
            matcher.region(at, text.length());
        }
        if (steps.isEmpty() || at < text.length()) {
            throw StageFailure.permanent(
                    "invalid_settings",
                    "The setting from is no path such as payloads[*].url: it cannot be read at character " + (at + 1)
                            + ".");
        }
        return new DataPath(steps);
    }

    /**
     * Walks.
     *
     * @param found takes the values at the end, in order
     * @return whether the path led anywhere, be it to an empty list
     */
    boolean collect(Object root, List<Object> found) {
        return walk(root, 0, found);
    }

    private boolean walk(Object value, int depth, List<Object> found) {
        if (depth == steps.size()) {
            if (value != null) {
                found.add(value);
            }
            return value != null;
        }
        String step = steps.get(depth);
        if (value instanceof Map<?, ?> map) {
            return step.equals("*")
                    ? walkAll(map.values(), depth, found)
                    : map.containsKey(step) && walk(map.get(step), depth + 1, found);
        }
        if (value instanceof List<?> list) {
            if (step.equals("*")) {
                return walkAll(list, depth, found);
            }
            return step.matches("[0-9]{1,9}")
                    && Integer.parseInt(step) < list.size()
                    && walk(list.get(Integer.parseInt(step)), depth + 1, found);
        }
        return false;
    }

    private boolean walkAll(Iterable<?> values, int depth, List<Object> found) {
        boolean reached = !values.iterator().hasNext();
        for (Object element : values) {
            reached |= walk(element, depth + 1, found);
        }
        return reached;
    }
}
