package dev.callboard.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that somebody might hope are more than texts. The same seed makes the same ones. */
public final class HostileValues {
    /** What those that are expressions or commands would become; no value has the word itself. */
    public static final String EXPANDED = "EXPANDED";

    private static final List<String> PLAIN = List.of(
            "{{task.id}}",
            "{{{task.id}}}",
            "{{{{task.id}}}}",
            "{{#task.id}}{{task.id}}{{/task.id}}",
            "{{ task.id }}",
            "{{settings.v}}",
            "{{settings.nobody}}",
            "{{input}}",
            "{{previous_output}}",
            "{{",
            "}}",
            "\\{{task.id}}",
            "${{ task.id }}",
            "${task.id}",
            "$eval(\"'EXP' & 'ANDED'\")",
            "'EXP' & 'ANDED'",
            "$(printf EXP; printf ANDED)",
            "`printf EXP``printf ANDED`",
            "$HOME",
            "%s%n%x",
            "<script>window.hostile = 1</script>",
            "<img src=x onerror=\"window.hostile = 1\">",
            "\"><svg onload='window.hostile = 1'>",
            "</textarea><b id=hostile>bold</b>",
            "[click](javascript:window.hostile=1)",
            "&lt;b&gt;",
            "\u202Egnp.exe",
            "\u2066inside\u2069\u200F",
            "a\u0000b",
            "\u001B[31mred\u0007",
            "\r\nX-Injected: 1\r\n\r\n",
            "-n",
            "--",
            "../../../etc/passwd",
            "'; DROP TABLE tasks; --",
            "__proto__",
            "constructor",
            "null",
            "1e999",
            "\uFEFFbom",
            "\uD83C\uDF0A\u0301",
            "x".repeat(10_240));

    private HostileValues() {}

    /** As many different ones: each by itself first, then several joined. */
    public static List<String> of(int count) {
        Random random = new Random(10);
        List<String> values = new ArrayList<>(PLAIN.subList(0, Math.min(count, PLAIN.size())));
        while (values.size() < count) {
            StringBuilder joined = new StringBuilder("no. " + values.size() + " ");
            for (int i = 0; i <= 1 + random.nextInt(3); i++) {
                joined.append(PLAIN.get(random.nextInt(PLAIN.size()))).append(random.nextBoolean() ? "" : " ");
            }
            values.add(joined.toString());
        }
        return values;
    }
}
