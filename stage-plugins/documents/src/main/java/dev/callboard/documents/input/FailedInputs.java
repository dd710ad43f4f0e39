package dev.callboard.documents.input;

import dev.callboard.spi.Plural;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Inputs that could not be used, one by one, beside those that could: {@code failed: [{name, error}]}. One bad file of several
 * fails alone.
 */
public final class FailedInputs {
    private static final String FAILED = "failed";
    private static final int SHOWN = 3;

    private final List<Map<String, Object>> failed = new ArrayList<>();
    private StageFailure only;

    private FailedInputs() {}

    /** None yet, but those that an earlier stage has put out. */
    public static FailedInputs before(Object input) {
        FailedInputs result = new FailedInputs();
        if (input instanceof Map<?, ?> map && map.get(FAILED) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> entry
                        && entry.get("name") instanceof String name
                        && entry.get("error") instanceof String error) {
                    result.put(name, error);
                }
            }
        }
        return result;
    }

    /** Whether all could be used. */
    public boolean isEmpty() {
        return failed.isEmpty();
    }

    /** How many could not be used. */
    public int size() {
        return failed.size();
    }

    /** Adds one. */
    public void add(Payload payload, StageFailure failure) {
        only = failed.isEmpty() ? failure : null;
        put(payload.name(), failure.getMessage());
    }

    /**
     * Adds one.
     *
     * @param error a sentence that names the input
     */
    public void put(String name, String error) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", name);
        entry.put("error", error);
        failed.add(entry);
    }

    /**
     * The output of a stage: what could be used alone, or with what failed.
     *
     * @param key what the list is called beside {@code failed}
     * @param used one value stands for itself, several for a list
     * @param code of the failure when nothing could be used
     */
    public Object beside(String key, List<?> used, String code) throws StageFailure {
        if (used.isEmpty() && !failed.isEmpty()) {
            throw all(code);
        }
        if (failed.isEmpty()) {
            return used.size() == 1 ? used.get(0) : used;
        }
        return withFailed(key, used);
    }

    /** A list with what failed. */
    public Map<String, Object> withFailed(String key, List<?> used) {
        Map<String, Object> output = new LinkedHashMap<>();
        output.put(key, used);
        output.put(FAILED, failed);
        return output;
    }

    /** Those that failed, as {@code {name, error}}, for an output that is a map already. */
    public List<Map<String, Object>> toList() {
        return List.copyOf(failed);
    }

    /** The failure of a stage that could use nothing. */
    public StageFailure all(String code) {
        if (only != null) {
            return only;
        }
        String shown = failed.stream()
                .limit(SHOWN)
                .map(entry -> (String) entry.get("error"))
                .collect(Collectors.joining(" "));
        String more = failed.size() > SHOWN ? " … and " + (failed.size() - SHOWN) + " more." : "";
        return StageFailure.permanent(
                code, "None of " + Plural.of(failed.size(), "input") + " can be used. " + shown + more);
    }
}
