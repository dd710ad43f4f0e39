package dev.callboard.tasks;

import dev.callboard.json.Json;
import dev.callboard.problem.Names;
import dev.callboard.problem.Violation;
import dev.callboard.store.CaseFolding;
import dev.callboard.store.Sql;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The labels of a task: at most {@value #MAX} texts of at most {@value #MAX_LENGTH} characters, none twice. */
final class TaskLabels {
    static final int MAX = 20;
    static final int MAX_LENGTH = 50;

    /** The most that are given in a request, of which some may be the same. */
    private static final int MAX_GIVEN = 100;

    private TaskLabels() {}

    /** Without blanks around them, none twice in any case; what is wrong goes to the violations. */
    static List<String> checked(List<String> labels, List<Violation> violations) {
        List<String> kept = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (int i = 0; i < labels.size(); i++) {
            String label = labels.get(i).strip();
            String pointer = "/labels/" + i;
            if (label.length() > MAX_LENGTH) {
                violations.add(new Violation(pointer, "must be a text of at most " + MAX_LENGTH + " characters"));
            } else if (label.codePoints().anyMatch(c -> c == ',' || Character.isISOControl(c))) {
                violations.add(new Violation(pointer, "must be one line without a comma, which stands between labels"));
            }
            Names.fault(label).ifPresent(detail -> violations.add(new Violation(pointer, detail)));
            if (known.add(CaseFolding.fold(label))) {
                kept.add(label);
            }
        }
        if (kept.size() > MAX) {
            violations.add(new Violation("/labels", "must be a list of at most " + MAX + " labels"));
        }
        return kept;
    }

    /** The labels of a JSON-shaped request, as they are checked above. */
    static List<String> read(@Nullable Object value, List<Violation> violations) {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || list.size() > MAX_GIVEN) {
            violations.add(new Violation("/labels", "must be a list of at most " + MAX + " labels"));
            return List.of();
        }
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof String label)) {
                violations.add(new Violation("/labels/" + i, "must be a text"));
                return List.of();
            }
            labels.add(label);
        }
        return checked(labels, violations);
    }

    static String stored(List<String> labels) {
        return Json.write(labels);
    }

    static List<String> read(String stored) {
        return ((List<?>) Json.read(stored, List.class))
                .stream().map(String::valueOf).toList();
    }

    /** A pattern for {@link CaseFolding#sql} of the labels, {@code LIKE ? ESCAPE '!'}, that finds a label as a whole, in any case. */
    static String pattern(String label) {
        return Sql.contains(Json.write(label.strip()));
    }
}
