package dev.callboard.palette;

import dev.callboard.problem.Fields;
import dev.callboard.spi.Forms;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The member {@code ledger} of a definition: which part of an output goes under which key of the ledger. */
final class LedgerPaths {
    private static final int MOST = 32;
    private static final Pattern PATH = Pattern.compile("\\.|[^.\\p{Cntrl}]{1,200}(\\.[^.\\p{Cntrl}]{1,200}){0,15}");

    private LedgerPaths() {}

    static Map<String, String> read(Fields fields) {
        Map<String, String> paths = new LinkedHashMap<>();
        Object value = fields.get("ledger");
        if (value == null) {
            return paths;
        }
        if (!(value instanceof Map<?, ?> map) || map.size() > MOST) {
            fields.wrong(
                    "ledger",
                    "must be an object of at most " + MOST + " members, ledger key to a path into the output such as"
                            + " review.passed");
            return paths;
        }
        Fields inside = new Fields(map, fields.pointerOf("ledger"), fields.violations());
        map.forEach((name, path) -> {
            String key = String.valueOf(name);
            if (!Forms.LEDGER_KEY.matcher(key).matches()) {
                inside.wrong(key, "is no ledger key; one matches " + Forms.LEDGER_KEY.pattern());
            } else if (!(path instanceof String text) || !PATH.matcher(text).matches()) {
                inside.wrong(
                        key,
                        "must be a path into the output such as review.passed or items.0, or '" + StageDefinition.WHOLE
                                + "' for the whole output");
            } else {
                paths.put(key, text);
            }
        });
        return paths;
    }
}
