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

    /** What says only that something is wrong at a place, beside what says what. */
    private static final Pattern VAGUE = Pattern.compile("(Property \".*\" does|Items did) not match (.* )?schema");

    /** It does not say which. */
    private static final String PATTERN = "String does not match pattern";

    private SchemaFaults() {}

    /**
     * The faults of a value.
     *
     * @param keywords of the schema that it was checked by
     * @param pointer where the value stands
     */
    static List<Violation> of(OutputUnit checked, SchemaKeywords keywords, String pointer) {
        if (Boolean.TRUE.equals(checked.getValid())) {
            return List.of();
        }
        List<OutputUnit> errors = checked.getErrors() == null ? List.of() : checked.getErrors();
        if (errors.isEmpty()) {
            return List.of(new Violation(pointer, "is not what the contract asks for"));
        }
        Set<String> outer = new HashSet<>();
        errors.forEach(error -> addOuter(place(error), outer));
        Set<String> known = new HashSet<>();
        errors.stream()
                .filter(error -> !isVague(error))
                .map(SchemaFaults::place)
                .forEach(known::add);
        return errors.stream()
                .filter(error -> !outer.contains(place(error)))
                .filter(error -> !(isVague(error) && known.contains(place(error))))
                .map(error -> new Violation(pointer + place(error), words(error, keywords)))
                .distinct()
                .toList();
    }

    private static boolean isVague(OutputUnit error) {
        return VAGUE.matcher(String.valueOf(error.getError())).matches();
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

    private static String words(OutputUnit fault, SchemaKeywords keywords) {
        String error = String.valueOf(fault.getError());
        if (error.equals(PATTERN)
                && keywords.at(String.valueOf(fault.getKeywordLocation())) instanceof String pattern) {
            return "must match the pattern " + pattern;
        }
        return TYPE.matcher(error).replaceFirst("must be of type $2, it is of type $1");
    }
}
