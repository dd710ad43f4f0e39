package dev.callboard.documents.pdf;

import dev.callboard.documents.ir.CleanText;
import dev.callboard.documents.ir.DocumentBuilder;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;

/** What a file says about itself: its information dictionary and its language. */
final class DocumentFacts {
    private static final Pattern DOI = Pattern.compile("\\b10\\.\\d{4,9}/[-._;()/:A-Za-z0-9]*[A-Za-z0-9]");
    private static final int LONGEST = 500;

    private final PDDocument file;
    private final PDDocumentInformation information;

    DocumentFacts(PDDocument file) {
        this.file = file;
        this.information = file.getDocumentInformation();
    }

    String title() {
        return plain(information.getTitle());
    }

    void write(DocumentBuilder document) {
        document.lang(file.getDocumentCatalog().getLanguage());
        document.meta("pages", file.getNumberOfPages());
        document.meta("authors", authors(plain(information.getAuthor())));
        document.meta("description", plain(information.getSubject()));
        document.meta("keywords", split(plain(information.getKeywords()), "\\s*[;,]\\s*"));
        document.meta("doi", doi());
        document.meta("created", date(information.getCreationDate()));
        document.meta("producer", plain(information.getProducer()));
    }

    private String doi() {
        for (String text : new String[] {
            information.getSubject(),
            information.getTitle(),
            information.getKeywords(),
            information.getCustomMetadataValue("doi"),
            information.getCustomMetadataValue("WPS-ARTICLEDOI")
        }) {
            Matcher matcher = DOI.matcher(text == null ? "" : text);
            if (matcher.find()) {
                return matcher.group();
            }
        }
        return null;
    }

    /** A comma may stand inside a name, so that it divides names only where there is more than one. */
    private static List<String> authors(String given) {
        return given.contains(";")
                ? split(given, "\\s*;\\s*")
                : split(given, given.indexOf(',') != given.lastIndexOf(',') ? "\\s*,\\s*|\\s+and\\s+" : "\\s+and\\s+");
    }

    private static List<String> split(String given, String by) {
        return Arrays.stream(given.split(by))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static String date(Calendar date) {
        return date == null
                ? null
                : date.toInstant().atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static String plain(String text) {
        String clean = text == null ? "" : CleanText.inline(text).replace('\n', ' ');
        return CleanText.atMost(clean, LONGEST);
    }
}
