package dev.callboard.http;

import dev.callboard.audit.AuditEntry;
import dev.callboard.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the audit log is written into a file. */
enum AuditFormat {
    /** RFC 4180 with a header line; what a spreadsheet would take for a formula begins with an apostrophe. */
    CSV("text/csv; charset=utf-8; header=present", "csv") {
        @Override
        String head() {
            return "id,at,actor,origin,kind,subject,title,detail\r\n";
        }

        @Override
        String line(AuditEntry entry) {
            return List.of(
                            entry.id(),
                            entry.at().toString(),
                            entry.actor(),
                            entry.origin(),
                            entry.kind(),
                            entry.subject(),
                            entry.title(),
                            entry.detail())
                    .stream()
                    .map(AuditFormat::field)
                    .collect(Collectors.joining(",", "", "\r\n"));
        }
    },
    /** One JSON object a line. */
    JSONL("application/jsonl", "jsonl") {
        @Override
        String head() {
            return "";
        }

        @Override
        String line(AuditEntry entry) {
            return Json.write(Json.whole(entry)) + "\n";
        }
    };

    /** What begins a formula in some spreadsheet, full-width signs included. */
    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    final String mediaType;
    final String suffix;

    AuditFormat(String mediaType, String suffix) {
        this.mediaType = mediaType;
        this.suffix = suffix;
    }

    /** The format of that name; null for JSON, which is answered in pages. */
    static @Nullable AuditFormat of(@Nullable String word) {
        for (AuditFormat format : values()) {
            if (format.suffix.equals(word)) {
                return format;
            }
        }
        return null;
    }

    /** What comes before all entries. */
    abstract String head();

    abstract String line(AuditEntry entry);

    private static String field(String text) {
        String safe = !text.isEmpty()
                        && FORMULA.indexOf(
                                        text.stripLeading().isEmpty()
                                                ? text.charAt(0)
                                                : text.stripLeading().charAt(0))
                                >= 0
                ? "'" + text
                : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
