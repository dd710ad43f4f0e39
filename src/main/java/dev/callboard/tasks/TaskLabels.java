package dev.callboard.tasks;

import dev.callboard.json.Json;
import dev.callboard.model.Names;
import dev.callboard.model.Violation;
import dev.callboard.store.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The labels of a task: at most {@value #MAX} texts of at most {@value #MAX_LENGTH} characters, none twice. */
final class TaskLabels {
    static final int MAX = 20;
    static final int MAX_LENGTH = 50;

    private TaskLabels() {}

    /** Without blanks around them, none twice in any case; what is wrong goes to the violations. */
    static List<String> checked(List<String> labels, List<Violation> violations) {
        List<String> kept = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            String label = labels.get(i).strip();
            String pointer = "/labels/" + i;
            if (label.isEmpty()) {
                violations.add(new Violation(pointer, "must not be blank"));
            } else if (label.length() > MAX_LENGTH) {
                violations.add(new Violation(pointer, "must be a text of at most " + MAX_LENGTH + " characters"));
            } else if (label.codePoints().anyMatch(c -> c == ',' || Character.isISOControl(c))) {
                violations.add(new Violation(pointer, "must be one line without a comma, which stands between labels"));
            }
            Names.fault(label).ifPresent(detail -> violations.add(new Violation(pointer, detail)));
            if (!known.contains(label.toLowerCase(Locale.ROOT))) {
                known.add(label.toLowerCase(Locale.ROOT));
                kept.add(label);
            }
        }
        if (kept.size() > MAX) {
            violations.add(new Violation("/labels", "must be a list of at most " + MAX + " labels"));
        }
        return kept;
    }

    static String stored(List<String> labels) {
        return Json.write(labels);
    }

    static List<String> read(String stored) {
        return ((List<?>) Json.read(stored, List.class))
                .stream().map(String::valueOf).toList();
    }

    /** A pattern for {@code LOWER(labels) LIKE ? ESCAPE '!'} that finds a label as a whole, in any case. */
    static String pattern(String label) {
        return Sql.contains(Json.write(label.strip()));
    }
}
