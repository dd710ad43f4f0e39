package dev.callboard.conditions;

import dev.callboard.spi.Forms;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a ledger: a key, then members of objects and indices of lists, such as {@code document.pages.0}.
 *
 * @param text as it was written
 */
public record FieldPath(String text) {
    private static final Pattern FORM =
            Pattern.compile(Forms.LEDGER_KEY.pattern() + "(\\.[^.\\p{Cntrl}]{1,200}){0,32}");
    private static final Pattern INDEX = Pattern.compile("\\d{1,9}");

    /** Whether a text is a path. */
    public static boolean isPath(String text) {
        return FORM.matcher(text).matches();
    }

    /** What stands there, null when there is nothing. */
    @Nullable
    Object find(Map<String, Object> ledger) {
        Object found = ledger;
        for (String part : text.split("\\.")) {
            found = step(found, part);
        }
        return found;
    }

    private static @Nullable Object step(@Nullable Object from, String part) {
        if (from instanceof Map<?, ?> map) {
            return map.get(part);
        }
        if (from instanceof List<?> list && INDEX.matcher(part).matches()) {
            int index = Integer.parseInt(part);
            return index < list.size() ? list.get(index) : null;
        }
        return null;
    }
}
