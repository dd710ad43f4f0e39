package dev.callboard.documents.extract.dictionary;

import java.util.List;
import java.util.function.BooleanSupplier;

/** The formats of dictionaries, and how to tell them from each other. */
final class DictionaryFormat {
    private static final String CSV = "csv";
    private static final String OBO = "obo";
    private static final String SKOS_XML = "skos-xml";
    private static final String SKOS_TURTLE = "skos-turtle";

    /** Their names in the settings. */
    static final List<String> NAMES = List.of(CSV, OBO, SKOS_XML, SKOS_TURTLE);

    private static final int HEAD = 20_000;

    private DictionaryFormat() {}

    /** The format that a text seems to have; CSV is what has no other form. */
    static String of(String text) {
        String head = text.substring(0, Math.min(HEAD, text.length())).strip();
        String start = head.startsWith("\uFEFF") ? head.substring(1).strip() : head;
        if (start.startsWith("<?xml")
                || start.startsWith("<rdf:")
                || start.startsWith("<!--")
                || start.startsWith("<RDF")) {
            return SKOS_XML;
        }
        if (start.startsWith("format-version:") || start.contains("\n[Term]") || start.startsWith("[Term]")) {
            return OBO;
        }
        return start.startsWith("@prefix")
                        || start.startsWith("@base")
                        || start.startsWith("PREFIX ")
                        || start.contains("\n@prefix")
                ? SKOS_TURTLE
                : CSV;
    }

    /**
     * Reads a dictionary.
     *
     * @param format one of {@link #NAMES}
     * @param entries takes what is read
     */
    static void read(String format, String text, Entries entries, BooleanSupplier cancelled)
            throws UnreadableDictionary, InterruptedException {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        switch (format) {
            case OBO -> OboDictionary.read(plain, entries);
            case SKOS_XML -> SkosXmlDictionary.read(plain, entries);
            case SKOS_TURTLE -> SkosTurtleDictionary.read(plain, entries);
            default -> CsvDictionary.read(plain, entries);
        }
        if (cancelled.getAsBoolean()) {
            throw new InterruptedException("cancelled");
        }
    }
}
