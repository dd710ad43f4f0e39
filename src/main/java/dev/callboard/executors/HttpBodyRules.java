package dev.callboard.executors;

import dev.callboard.json.JsonPointers;
import dev.callboard.palette.PromptTemplate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the body of an {@code http} stage may be. */
final class HttpBodyRules {
    /** The kinds of a body, of which it has one. */
    static final List<String> KINDS = List.of("json", "form", "text", "blob");

    private static final String AT = HttpRules.AT + HttpRules.BODY;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Map<String, @Nullable Object> config;
    private final HttpValues values;

    HttpBodyRules(Map<String, @Nullable Object> config, HttpValues values) {
        this.config = config;
        this.values = values;
    }

    void check() {
        body();
        bodyless();
    }

    private void body() {
        Object body = config.get(HttpRules.BODY);
        if (body == null) {
            return;
        }
        if (!(body instanceof Map<?, ?> map) || map.size() != 1 || !KINDS.containsAll(map.keySet())) {
            values.wrong(AT, "must be an object with one member: " + String.join(", ", KINDS));
            return;
        }
        String kind = String.valueOf(map.keySet().iterator().next());
        Object value = map.get(kind);
        String at = AT + "/" + kind;
        switch (kind) {
            case "json" -> json(value, at);
            case "form" -> {
                if (value == null) {
                    values.wrong(at, "must be an object of names and values");
                }
                values.fields(value, at);
            }
            default -> {
                if (value instanceof String text && (kind.equals("text") || canBeBlob(text))) {
                    values.template(text, at);
                } else {
                    values.wrong(
                            at,
                            kind.equals("text")
                                    ? "must be a text"
                                    : "must be the SHA-256 of a stored file, or a value that has one, such as"
                                            + " {{input}} or {{input.0}}");
                }
            }
        }
    }

    /** Such a request has no meaning for servers, and some refuse it. */
    private void bodyless() {
        String method = config.get(HttpRules.METHOD) instanceof String given ? given : HttpExecutor.USUAL_METHOD;
        if (config.get(HttpRules.BODY) != null && (method.equals("GET") || method.equals("HEAD"))) {
            values.wrong(
                    AT, "must not be there with the method " + method + ": choose one that sends a body, such as POST");
        }
    }

    private static boolean canBeBlob(String text) {
        return SHA256.matcher(text.strip()).matches()
                || !PromptTemplate.names(text).isEmpty();
    }

    private void json(@Nullable Object value, String at) {
        if (value instanceof String text) {
            values.template(text, at);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> json(member, JsonPointers.member(at, key)));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                json(list.get(i), at + "/" + i);
            }
        }
    }
}
