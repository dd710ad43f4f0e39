package dev.callboard.executors;

import dev.callboard.net.HeaderRules;
import dev.callboard.palette.PromptTemplate;
import dev.callboard.palette.TemplateValues;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.RefusedAddress;
import dev.callboard.spi.net.WebAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what an {@code http} stage sends. Each value stays in its place: in an address and a query it is one component, in
 * JSON and a form it is data, and in a header it cannot begin another one.
 */
final class HttpTemplates {
    private static final Pattern FIRST = Pattern.compile("\\{\\{[^{}#^/]+}}");

    private final TemplateValues values;

    /** @param values with the values of secrets */
    HttpTemplates(TemplateValues values) {
        this.values = values;
    }

    /**
     * The whole address. A value at its very beginning may be the beginning of an address; any other is percent-encoded.
     *
     * @param query name to template or list of templates, null for none
     */
    WebAddress url(String template, @Nullable Object query) throws StageFailure {
        String text = template.strip();
        String begin = "";
        Matcher first = FIRST.matcher(text);
        Optional<String> name = first.lookingAt() ? PromptTemplate.onlyName(first.group()) : Optional.empty();
        if (name.isPresent()) {
            begin = values.text(name.get()).strip();
            text = text.substring(first.end());
        }
        String filled = begin + PromptTemplate.render(text, values, HttpTemplates::encoded);
        String added = query instanceof Map<?, ?> map ? pairs(map, HttpTemplates::encoded) : "";
        int fragment = filled.indexOf('#');
        String whole = fragment < 0 ? filled : filled.substring(0, fragment);
        if (!added.isEmpty()) {
            whole += (whole.indexOf('?') < 0 ? "?" : "&") + added;
        }
        try {
            return withoutDots(WebAddress.parse(whole));
        } catch (RefusedAddress e) {
            throw StageFailure.permanent(e.code(), "The stage's url cannot be used: " + e.getMessage());
        }
    }

    /** Servers take them for steps to another path, also when they are encoded: no value may make one. */
    private static WebAddress withoutDots(WebAddress url) throws StageFailure {
        for (String segment : url.target().split("\\?", 2)[0].split("/")) {
            String plain = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
            if (plain.equals(".") || plain.equals("..")) {
                throw StageFailure.permanent(
                        "invalid_url", "The stage's url has a part '" + plain + "', which leads to another path.");
            }
        }
        return url;
    }

    /** Text as one component (RFC 3986): unreserved characters stay, all else becomes its bytes in UTF-8. */
    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** A form as it goes over the wire (application/x-www-form-urlencoded). */
    String form(Map<?, ?> fields) {
        return pairs(fields, value -> URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    private String pairs(Map<?, ?> fields, UnaryOperator<String> form) {
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, value) -> {
            for (Object each : value instanceof List<?> list ? list : Collections.singletonList(value)) {
                pairs.add(form.apply(String.valueOf(name)) + "=" + form.apply(text(String.valueOf(each))));
            }
        });
        return String.join("&", pairs);
    }

    /** Names in lower case; texts in Latin-1 letters, each a byte of UTF-8. */
    Map<String, String> headers(@Nullable Object templates) throws StageFailure {
        Map<String, String> headers = new LinkedHashMap<>();
        if (templates instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> each : map.entrySet()) {
                String value = text(String.valueOf(each.getValue())).strip();
                if (HeaderRules.valueFault(value).isPresent()) {
                    throw StageFailure.permanent(
                            "invalid_header",
                            "The value of the header '" + each.getKey()
                                    + "' has control characters such as line breaks, which no header may have.");
                }
                headers.put(
                        String.valueOf(each.getKey()).toLowerCase(Locale.ROOT),
                        new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
            }
        }
        return headers;
    }

    /** A text with its values as they are. */
    String text(String template) {
        return PromptTemplate.render(template, values);
    }

    /** What a template stands for: of a name and nothing else its value, whatever it is; else text. */
    @Nullable
    Object value(String template) {
        Optional<String> name = PromptTemplate.onlyName(template);
        return name.isPresent() ? values.value(name.get()) : text(template);
    }

    /** JSON with its texts filled in; names of members stay. */
    @Nullable
    Object json(@Nullable Object template) {
        if (template instanceof String text) {
            return value(text);
        }
        if (template instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> filled = new LinkedHashMap<>();
            map.forEach((key, member) -> filled.put(String.valueOf(key), json(member)));
            return filled;
        }
        if (template instanceof List<?> list) {
            List<@Nullable Object> filled = new ArrayList<>();
            list.forEach(element -> filled.add(json(element)));
            return filled;
        }
        return template;
    }
}
