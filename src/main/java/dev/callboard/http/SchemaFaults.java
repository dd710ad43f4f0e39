package dev.callboard.http;

import dev.callboard.model.Violation;
import io.vertx.json.schema.OutputUnit;
import java.util.List;
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
        List<String> places = errors.stream().map(SchemaFaults::place).toList();
        return errors.stream()
                .filter(error -> places.stream().noneMatch(other -> other.startsWith(place(error) + "/")))
                .map(error -> new Violation(pointer + place(error), words(String.valueOf(error.getError()))))
                .distinct()
                .toList();
    }

    private static String place(OutputUnit error) {
        String location = error.getInstanceLocation();
        return location == null ? "" : location.replaceFirst("^#", "").replaceFirst("/$", "");
    }

    private static String words(String error) {
        return TYPE.matcher(error).replaceFirst("must be of type $2, it is of type $1");
    }
}
