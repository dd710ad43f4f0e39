package dev.callboard.executors;

import dev.callboard.json.JsonPointers;
import dev.callboard.model.PromptRules;
import dev.callboard.model.Setting;
import dev.callboard.model.StageDefinition;
import dev.callboard.model.Violation;
import dev.callboard.net.HeaderRules;
import dev.callboard.spi.net.RefusedAddress;
import dev.callboard.spi.net.WebAddress;
import java.util.ArrayList;
import java.util.Collections;
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

    /** The kinds of a body, of which it has one. */
    static final List<String> KINDS = List.of("json", "form", "text", "blob");

    private static final String AT = "/executor_config/";
    private static final int MOST_STATUSES = 50;
    private static final int MOST_FIELDS = 100;
    private static final Pattern START = Pattern.compile("(?i)https?://.*|\\{\\{.*", Pattern.DOTALL);

    /** Scheme, host and port, when no value stands in them. */
    private static final Pattern FIXED = Pattern.compile("(?i)(https?://[^/?#{}\\s]+)([/?#].*)?", Pattern.DOTALL);

    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, @Nullable Object> config;
    private final List<Setting> settings;

    private HttpRules(StageDefinition definition) {
        this.config = definition.executorConfig();
        // Here, other than in prompts, secrets may be used: those who are asked need them.
        this.settings = definition.settingsSchema().stream()
                .map(setting -> setting.type() == Setting.Type.SECRET ? asText(setting) : setting)
                .toList();
    }

    private static Setting asText(Setting setting) {
        return new Setting(setting.key(), Setting.Type.STRING, setting.label(), null, null, null, List.of(), false);
    }

    /** Everything that is wrong but for {@code response}, with pointers into the definition. */
    static List<Violation> faults(StageDefinition definition) {
        HttpRules rules = new HttpRules(definition);
        rules.url();
        rules.headers();
        rules.fields(config(definition, QUERY), AT + QUERY);
        rules.body();
        rules.expect();
        return rules.violations;
    }

    private static @Nullable Object config(StageDefinition definition, String key) {
        return definition.executorConfig().get(key);
    }

    /** The address without path, where the definition alone says which it is. */
    static Optional<WebAddress> fixedOrigin(StageDefinition definition) {
        Matcher fixed = FIXED.matcher(String.valueOf(config(definition, URL)).strip());
        try {
            return fixed.matches() ? Optional.of(WebAddress.parse(fixed.group(1))) : Optional.empty();
        } catch (RefusedAddress e) {
            return Optional.empty();
        }
    }

    private void url() {
        String url = String.valueOf(config.get(URL)).strip();
        template(url, AT + URL);
        if (!START.matcher(url).matches()) {
            wrong(AT + URL, "must begin with http:// or https://, or with a value that does");
            return;
        }
        if (url.chars().anyMatch(Character::isISOControl)) {
            wrong(AT + URL, "must not have control characters");
        }
        Matcher fixed = FIXED.matcher(url);
        try {
            if (fixed.matches()) {
                WebAddress.parse(fixed.group(1));
            }
        } catch (RefusedAddress e) {
            wrong(AT + URL, "cannot be used: " + e.getMessage());
        }
    }

    private void headers() {
        Object headers = config.get(HEADERS);
        if (headers != null && !(headers instanceof Map<?, ?>)) {
            wrong(AT + HEADERS, "must be an object of names and values");
            return;
        }
        Set<String> names = new HashSet<>();
        for (Map.Entry<?, ?> header : headers instanceof Map<?, ?> map ? map.entrySet() : Set.<Map.Entry<?, ?>>of()) {
            String name = String.valueOf(header.getKey());
            String pointer = JsonPointers.member(AT + HEADERS, name);
            Optional<String> fault = HeaderRules.nameFault(name);
            if (fault.isPresent()) {
                wrong(pointer, fault.get());
            } else if (!names.add(name.toLowerCase(Locale.ROOT))) {
                wrong(pointer, "is there twice: names of headers do not differ in capital letters");
            } else if (names.size() > MOST_FIELDS) {
                wrong(pointer, "is one too many: there may be " + MOST_FIELDS);
                return;
            }
            String value = String.valueOf(header.getValue());
            if (!isPlain(header.getValue())) {
                wrong(pointer, "must be a text");
            } else {
                HeaderRules.valueFault(value)
                        .ifPresentOrElse(breaks -> wrong(pointer, breaks), () -> template(value, pointer));
            }
        }
    }

    /** An object of texts, or lists of texts, each a template. */
    private void fields(@Nullable Object value, String at) {
        if (value == null) {
            return;
        }
        if (!(value instanceof Map<?, ?> map) || map.size() > MOST_FIELDS) {
            wrong(at, "must be an object of names and values, " + MOST_FIELDS + " at most");
            return;
        }
        map.forEach((name, each) -> {
            String pointer = JsonPointers.member(at, name);
            List<?> values = each instanceof List<?> list ? list : Collections.singletonList(each);
            for (Object one : values) {
                if (isPlain(one)) {
                    template(String.valueOf(one), pointer);
                } else {
                    wrong(pointer, "must be a text, a number, true, false or a list of these");
                }
            }
        });
    }

    private void body() {
        Object body = config.get(BODY);
        if (body == null) {
            return;
        }
        if (!(body instanceof Map<?, ?> map) || map.size() != 1 || !KINDS.containsAll(map.keySet())) {
            wrong(AT + BODY, "must be an object with one member: " + String.join(", ", KINDS));
            return;
        }
        if ("HEAD".equals(config.get(METHOD))) {
            wrong(AT + BODY, "must not be there with the method HEAD");
        }
        String kind = String.valueOf(map.keySet().iterator().next());
        Object value = map.get(kind);
        String at = AT + BODY + "/" + kind;
        switch (kind) {
            case "json" -> json(value, at);
            case "form" -> {
                if (value == null) {
                    wrong(at, "must be an object of names and values");
                }
                fields(value, at);
            }
            default -> {
                if (value instanceof String text) {
                    template(text, at);
                } else {
                    wrong(
                            at,
                            kind.equals("text")
                                    ? "must be a text"
                                    : "must be the SHA-256 of a stored file, or a value that has one, such as"
                                            + " {{input}} or {{input.0}}");
                }
            }
        }
    }

    private void json(@Nullable Object value, String at) {
        if (value instanceof String text) {
            template(text, at);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> json(member, JsonPointers.member(at, key)));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                json(list.get(i), at + "/" + i);
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
            wrong(AT + EXPECT, "must be a list of statuses from 200 to 599, such as [200, 404]");
        }
    }

    private void template(String text, String pointer) {
        violations.addAll(PromptRules.check(text, settings, pointer));
    }

    private static boolean isPlain(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    private void wrong(String pointer, String detail) {
        violations.add(new Violation(pointer, detail));
    }
}
