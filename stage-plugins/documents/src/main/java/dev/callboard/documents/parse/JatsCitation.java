package dev.callboard.documents.parse;

import dev.callboard.documents.ir.CleanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A citation as one line of text. A {@code mixed-citation} has its own punctuation; an {@code element-citation} has
 * none, and is written as {@code Names. Title. Source. Year;Volume(Issue):First–Last.}
 */
final class JatsCitation {
    private static final Set<String> FORMATS = Set.of("italic", "bold", "sup", "sub", "sc", "styled-content");
    private static final Set<String> IDENTIFIERS = Set.of("pub-id", "object-id");

    private final XmlElement citation;

    JatsCitation(XmlElement citation) {
        this.citation = citation;
    }

    /** The text; it leaves out identifiers, which a reference has as fields. */
    String text() {
        String text = citation.hasOwnText() ? mixed() : composed();
        return CleanText.inline(text).replace('\n', ' ');
    }

    /** The source's own text; parts that touch each other are set apart by a space. */
    private String mixed() {
        StringBuilder text = new StringBuilder();
        for (XmlNode node : citation.nodes()) {
            if (node instanceof XmlText characters) {
                text.append(characters.take());
            } else if (node instanceof XmlElement part && !IDENTIFIERS.contains(part.name())) {
                if (!FORMATS.contains(part.name()) && endsInWord(text)) {
                    text.append(' ');
                }
                text.append(part.is("person-group") ? people(part.elements()) : person(part));
            }
        }
        return text.toString();
    }

    private static boolean endsInWord(StringBuilder text) {
        if (text.isEmpty()) {
            return false;
        }
        char last = text.charAt(text.length() - 1);
        return Character.isLetterOrDigit(last) || ".,;:)".indexOf(last) >= 0;
    }

    private String composed() {
        List<String> sentences = new ArrayList<>();
        List<XmlElement> people = new ArrayList<>();
        for (XmlElement part : citation.elements()) {
            if (part.is("person-group")) {
                people.addAll(part.elements());
            } else if (part.is("name", "string-name", "collab", "etal")) {
                people.add(part);
            }
        }
        sentences.add(people(people));
        for (String name : List.of("article-title", "chapter-title", "data-title", "source", "publisher-name")) {
            sentences.add(JatsText.plain(citation.find(name)));
        }
        sentences.add(issue());
        for (XmlElement comment : citation.elements("comment")) {
            sentences.add(JatsText.plain(comment));
        }
        StringBuilder text = new StringBuilder();
        for (String sentence : sentences) {
            if (!sentence.isEmpty()) {
                text.append(text.isEmpty() ? "" : " ").append(sentence);
                text.append(".?!".indexOf(sentence.charAt(sentence.length() - 1)) < 0 ? "." : "");
            }
        }
        return text.toString();
    }

    private String issue() {
        String issue = JatsText.plain(citation.find("issue"));
        String first = JatsText.plain(citation.find("fpage"));
        String last = first.isEmpty() ? "" : JatsText.plain(citation.find("lpage"));
        String pages = first.isEmpty() ? JatsText.plain(citation.find("elocation-id")) : first;
        String volume = JatsText.plain(citation.find("volume")) + (issue.isEmpty() ? "" : "(" + issue + ")");
        String year = JatsText.plain(citation.find("year"));
        String place = volume + (pages.isEmpty() ? "" : ":" + pages + (last.isEmpty() ? "" : "–" + last));
        return year.isEmpty() || place.isEmpty() ? year + place : year + ";" + place;
    }

    private static String people(List<XmlElement> people) {
        List<String> names = new ArrayList<>();
        for (XmlElement person : people) {
            String name = person.is("etal") ? "et al" : person(person);
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return String.join(", ", names);
    }

    private static String person(XmlElement person) {
        if (person.is("name", "string-name") && person.find("surname") != null && !person.hasOwnText()) {
            return (JatsText.plain(person.find("surname")) + " " + JatsText.plain(person.find("given-names"))).strip();
        }
        return JatsText.plain(person);
    }
}
