package dev.callboard.http;

import dev.callboard.problem.Violation;
import io.vertx.json.schema.OutputUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the contract's validator says, as violations: of each fault the innermost place, in words for people. */
final class SchemaFaults {
    private static final Pattern TYPE = Pattern.compile("Instance type (\\S+) is invalid\\. Expected (.*)");

    private SchemaFaults() {}

    /** The faults of a value whose place is the pointer. */
    static List<Violation> of(OutputUnit checked, String pointer) {
        if (Boolean.TRUE.equals(checked.getValid())) {
            return List.of();
        }
        List<OutputUnit> errors = checked.getErrors() == null ? List.of() : checked.getErrors();
        if (errors.isEmpty()) {
            return List.of(new Violation(pointer, "is not what the contract asks for"));
        }
        Set<String> outer = new HashSet<>();
        errors.forEach(error -> addOuter(place(error), outer));
        return errors.stream()
                .filter(error -> !outer.contains(place(error)))
                .map(error -> new Violation(pointer + place(error), words(String.valueOf(error.getError()))))
                .distinct()
                .toList();
    }

    /** Adds the places around a place; those that are there already have theirs there too. */
    private static void addOuter(String place, Set<String> outer) {
        int end = place.lastIndexOf('/');
        while (end >= 0 && outer.add(place.substring(0, end))) {
            end = place.lastIndexOf('/', end - 1);
        }
    }

    private static String place(OutputUnit error) {
        String location = error.getInstanceLocation();
        return location == null ? "" : location.replaceFirst("^#", "").replaceFirst("/$", "");
    }

    private static String words(String error) {
        return TYPE.matcher(error).replaceFirst("must be of type $2, it is of type $1");
    }
}
