package dev.callboard.documents.extract.dictionary;

import dev.callboard.documents.input.Settings;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the dictionaries of the settings:
 *
 * <ul>
 *   <li>{@code dictionaries} (default none): {@code [{name?, format?, type?, text | blob | input}]}. {@code text} is the dictionary
 *       itself, {@code blob} the SHA-256 of a stored file, {@code input} the name of one of the task's inputs. {@code format} is
 *       {@code csv}, {@code obo}, {@code skos-xml} or {@code skos-turtle}; without it the text is looked at. {@code type} is the
 *       type of all its things; without it each has its own, else {@code term}.
 *   <li>{@code sample_dictionary} (default false): also the small one of this plugin, some names of diseases, animals and methods.
 *   <li>{@code max_names} (default 200,000): of all dictionaries together.
 * </ul>
 */
public final class Dictionaries {
    /** The form of a type. */
    public static final String TYPE = "[a-z][a-z0-9_-]{0,63}";

    /** The type of a thing whose dictionary says none. */
    static final String USUAL_TYPE = "term";

    private static final int MAX_BYTES = 64 << 20;
    private static final int MOST = 100;
    private static final String SAMPLE = "sample.csv";
    private static final String FORM = "an object with one of text, blob and input, and possibly name, format and type";

    private Dictionaries() {}

    /**
     * The entries of all dictionaries, in the order of the settings.
     *
     * @throws StageFailure {@code invalid_settings}, {@code invalid_dictionary}, {@code dictionary_too_large} or
     *     {@code missing_blob}, all permanent
     */
    public static List<DictionaryEntry> load(StageContext context, Settings settings)
            throws StageFailure, IOException, InterruptedException {
        long most = settings.integer("max_names", 200_000, 1, 1_000_000);
        List<Given> all = new ArrayList<>();
        Object value = settings.values().get("dictionaries");
        if (value != null) {
            if (!(value instanceof List<?> list) || list.size() > MOST) {
                throw Settings.invalid("dictionaries", "a list of at most " + MOST + " objects");
            }
            for (int i = 0; i < list.size(); i++) {
                all.add(given("dictionaries[" + i + "]", list.get(i)));
            }
        }
        if (isOn(settings, "sample_dictionary")) {
            all.add(new Given("sample", "csv", "", "text", sample()));
        }
        List<DictionaryEntry> entries = new ArrayList<>();
        long room = most;
        for (Given given : all) {
            if (context.cancelled()) {
                throw new InterruptedException("cancelled");
            }
            Entries read = read(context, given, new Entries(given.name(), given.type(), room), most);
            room -= read.names();
            entries.addAll(read.list());
        }
        return entries;
    }

    /**
     * A dictionary of the settings.
     *
     * @param format empty when the text is to be looked at
     * @param kind where it is: {@code text}, {@code blob} or {@code input}
     * @param value the text, the blob's SHA-256 or the input's name
     */
    private record Given(String name, String format, String type, String kind, String value) {}

    private static Given given(String where, Object element) throws StageFailure {
        if (!(element instanceof Map<?, ?> map)) {
            throw Settings.invalid(where, FORM);
        }
        List<String> kinds = List.of("text", "blob", "input").stream()
                .filter(kind -> map.get(kind) instanceof String)
                .toList();
        if (kinds.size() != 1) {
            throw Settings.invalid(where, FORM);
        }
        String format = map.get("format") instanceof String given ? given : "";
        if (!format.isEmpty() && !DictionaryFormat.NAMES.contains(format)) {
            throw Settings.invalid(where + ".format", "one of " + String.join(", ", DictionaryFormat.NAMES));
        }
        String type = map.get("type") instanceof String given ? given : "";
        if (!type.isEmpty() && !type.matches(TYPE)) {
            throw Settings.invalid(where + ".type", "lower-case letters, digits, _ and -, such as disease");
        }
        String kind = kinds.get(0);
        String value = (String) map.get(kind);
        String name = map.get("name") instanceof String given && !given.isBlank()
                ? given.strip()
                : kind.equals("input") ? value : where;
        return new Given(name, format, type, kind, value);
    }

    private static Entries read(StageContext context, Given given, Entries entries, long most)
            throws StageFailure, IOException, InterruptedException {
        String text =
                switch (given.kind()) {
                    case "text" -> given.value();
                    case "blob" -> stored(context, given.name(), given.value());
                    default -> stored(context, given.name(), input(context, given.value()));
                };
        String format = given.format().isEmpty() ? DictionaryFormat.of(text) : given.format();
        try {
            DictionaryFormat.read(format, text, entries, context::cancelled);
        } catch (UnreadableDictionary e) {
            if (e.isTooLarge()) {
                throw StageFailure.permanent(
                        "dictionary_too_large",
                        "The dictionaries have more than " + most + " names: use smaller ones, or raise max_names.");
            }
            throw unreadable(given.name(), e.getMessage());
        }
        context.log(entries.summary(format));
        return entries;
    }

    private static String input(StageContext context, String name) throws StageFailure {
        for (Map<String, Object> input : context.inputs()) {
            if (name.equals(input.get("name")) && input.get("blob") instanceof String blob) {
                return blob;
            }
        }
        throw StageFailure.permanent(
                "invalid_dictionary",
                "The task has no input '" + name
                        + "', which the setting dictionaries names: add that file to the task.");
    }

    private static String stored(StageContext context, String name, String sha256) throws StageFailure, IOException {
        byte[] bytes;
        try (InputStream in = context.blobs().open(sha256)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (FileNotFoundException e) {
            throw StageFailure.permanent(
                    "missing_blob", "The dictionary " + name + " is not in the content store: upload it again.");
        }
        if (bytes.length > MAX_BYTES) {
            throw StageFailure.permanent(
                    "dictionary_too_large",
                    "The dictionary " + name + " has more than " + (MAX_BYTES >> 20) + " MiB: use a smaller one.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unreadable(name, "is not UTF-8");
        }
    }

    private static StageFailure unreadable(String name, String reason) {
        return StageFailure.permanent(
                "invalid_dictionary", "The dictionary " + name + " cannot be used: it " + reason + ".");
    }

    private static boolean isOn(Settings settings, String key) throws StageFailure {
        Object value = settings.values().get(key);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw Settings.invalid(key, "true or false");
    }

    private static String sample() throws IOException {
        try (InputStream in = Dictionaries.class.getResourceAsStream(SAMPLE)) {
            if (in == null) {
                throw new FileNotFoundException("this plugin's jar lacks " + SAMPLE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
