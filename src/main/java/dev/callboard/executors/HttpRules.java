package dev.callboard.executors;

import dev.callboard.json.JsonPointers;
import dev.callboard.net.HeaderRules;
import dev.callboard.palette.PromptTemplate;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.TemplateValues;
import dev.callboard.problem.Violation;
import dev.callboard.spi.net.RefusedAddress;
import dev.callboard.spi.net.WebAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a new definition of an {@code http} stage may say. */
final class HttpRules {
    static final String URL = "url";
    static final String METHOD = "method";
    static final String HEADERS = "headers";
    static final String QUERY = "query";
    static final String BODY = "body";
    static final String RESPONSE = "response";
    static final String EXPECT = "expect";

    static final String AT = "/executor_config/";
    private static final int MOST_STATUSES = 50;
    private static final Pattern START = Pattern.compile("(?i)https?://.*|\\{\\{.*", Pattern.DOTALL);

    /** Scheme, host and port, when no value stands in them. */
    private static final Pattern FIXED = Pattern.compile("(?i)(https?://[^/?#{}\\s]+)([/?#].*)?", Pattern.DOTALL);

    private final Map<String, @Nullable Object> config;
    private final HttpValues values;

    private HttpRules(Map<String, @Nullable Object> config, HttpValues values) {
        this.config = config;
        this.values = values;
    }

    /** Everything that is wrong but for {@code response}, with pointers into the definition. */
    static List<Violation> faults(StageDefinition definition) {
        Map<String, @Nullable Object> config = definition.executorConfig();
        HttpValues values = HttpValues.of(definition);
        HttpRules rules = new HttpRules(config, values);
        rules.url();
        rules.headers();
        values.fields(config.get(QUERY), AT + QUERY);
        new HttpBodyRules(config, values).check();
        rules.expect();
        return values.violations();
    }

    /** The address without path, where the definition alone says which it is. */
    static Optional<WebAddress> fixedOrigin(StageDefinition definition) {
        Matcher fixed = FIXED.matcher(
                String.valueOf(definition.executorConfig().get(URL)).strip());
        try {
            return fixed.matches() ? Optional.of(WebAddress.parse(fixed.group(1))) : Optional.empty();
        } catch (RefusedAddress e) {
            return Optional.empty();
        }
    }

    private void url() {
        String url = String.valueOf(config.get(URL)).strip();
        values.template(url, AT + URL);
        if (!START.matcher(url).matches()) {
            values.wrong(AT + URL, "must begin with http:// or https://, or with a value that does");
            return;
        }
        if (url.chars().anyMatch(Character::isISOControl)) {
            values.wrong(AT + URL, "must not have control characters");
        }
        String outside = PromptTemplate.render(url, new TemplateValues(Map.of(), Map.of(), "", String::valueOf));
        if (outside.contains("{{") || outside.contains("}}")) {
            values.wrong(
                    AT + URL,
                    "has double braces that are no value: write each as {{input}}, {{input.PATH}}, {{settings.KEY}} or"
                            + " {{task.id}}");
        }
        Matcher fixed = FIXED.matcher(url);
        try {
            if (fixed.matches()) {
                WebAddress.parse(fixed.group(1));
            }
        } catch (RefusedAddress e) {
            values.wrong(AT + URL, "cannot be used: " + e.getMessage());
        }
    }

    private void headers() {
        Object headers = config.get(HEADERS);
        if (headers != null && !(headers instanceof Map<?, ?>)) {
            values.wrong(AT + HEADERS, "must be an object of names and values");
            return;
        }
        Set<String> names = new HashSet<>();
        for (Map.Entry<?, ?> header : headers instanceof Map<?, ?> map ? map.entrySet() : Set.<Map.Entry<?, ?>>of()) {
            String name = String.valueOf(header.getKey());
            String pointer = JsonPointers.member(AT + HEADERS, name);
            Optional<String> fault = HeaderRules.nameFault(name);
            if (fault.isPresent()) {
                values.wrong(pointer, fault.get());
            } else if (!names.add(name.toLowerCase(Locale.ROOT))) {
                values.wrong(pointer, "is a duplicate: header names are the same in upper and lower case");
            } else if (names.size() > HttpValues.MOST_FIELDS) {
                values.wrong(pointer, "is one too many: there may be " + HttpValues.MOST_FIELDS);
                return;
            }
            String value = String.valueOf(header.getValue());
            if (!HttpValues.isPlain(header.getValue())) {
                values.wrong(pointer, "must be a text");
            } else {
                HeaderRules.valueFault(value)
                        .ifPresentOrElse(
                                breaks -> values.wrong(pointer, breaks), () -> values.template(value, pointer));
            }
        }
    }

    private void expect() {
        Object expect = config.get(EXPECT);
        boolean statuses = expect instanceof List<?> list
                && !list.isEmpty()
                && list.size() <= MOST_STATUSES
                && list.stream()
                        .allMatch(each -> each instanceof Number number
                                && number.doubleValue() == number.intValue()
                                && number.intValue() >= 200
                                && number.intValue() <= 599);
        if (expect != null && !statuses) {
            values.wrong(AT + EXPECT, "must be a list of statuses from 200 to 599, such as [200, 404]");
        }
    }
}
