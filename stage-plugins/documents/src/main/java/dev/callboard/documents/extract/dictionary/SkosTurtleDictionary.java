package dev.callboard.documents.extract.dictionary;

import dev.callboard.documents.extract.dictionary.TurtleTokens.Kind;
import dev.callboard.documents.extract.dictionary.TurtleTokens.Token;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A dictionary as SKOS in Turtle: the labels of subjects with an address. Blank nodes and collections are passed over; what is not
 * a label is ignored, so that most files with other vocabularies are read as well.
 */
final class SkosTurtleDictionary {
    private static final String RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

    private final TurtleTokens tokens;
    private final SkosConcepts concepts = new SkosConcepts();
    private final Map<String, String> prefixes = new HashMap<>();
    private String base = "";
    private String subject;
    private String predicate;

    private SkosTurtleDictionary(String text) {
        this.tokens = new TurtleTokens(text);
    }

    static void read(String text, Entries entries) throws UnreadableDictionary {
        SkosTurtleDictionary dictionary = new SkosTurtleDictionary(text);
        for (Token token = dictionary.tokens.next(); token != null; token = dictionary.tokens.next()) {
            dictionary.take(token);
        }
        dictionary.concepts.addTo(entries);
    }

    private void take(Token token) throws UnreadableDictionary {
        switch (token.kind()) {
            case SIGN -> sign(token);
            case LITERAL -> {
                if (subject != null
                        && !subject.isEmpty()
                        && predicate != null
                        && predicate.startsWith(SkosConcepts.SKOS)) {
                    String property = predicate.substring(SkosConcepts.SKOS.length());
                    concepts.add(subject, property, token.text(), token.lang());
                }
            }
            case ADDRESS -> node(resolved(token.text()));
            case NAME -> {
                if (!isDirective(token)) {
                    node(named(token));
                }
            }
        }
    }

    private void sign(Token token) throws UnreadableDictionary {
        switch (token.text()) {
            case "." -> {
                subject = null;
                predicate = null;
            }
            case ";" -> predicate = null;
            case "[", "(" -> {
                skip(token);
                node("");
            }
            default -> {
                // A comma goes on with the same subject and predicate; a closing bracket alone closes nothing.
            }
        }
    }

    /** The nodes of a statement in their order; an empty one stands for what has no address. */
    private void node(String address) {
        if (subject == null) {
            subject = address;
        } else if (predicate == null) {
            predicate = address;
        }
    }

    private void skip(Token opened) throws UnreadableDictionary {
        int depth = 1;
        while (depth > 0) {
            Token token = tokens.next();
            if (token == null) {
                throw new UnreadableDictionary("opens a bracket in line " + opened.line() + " that is never closed");
            }
            if (token.kind() == Kind.SIGN) {
                depth += "[(".contains(token.text()) ? 1 : "])".contains(token.text()) ? -1 : 0;
            }
        }
    }

    private boolean isDirective(Token token) throws UnreadableDictionary {
        String word = token.text().toLowerCase(Locale.ROOT);
        if (word.equals("@prefix") || (word.equals("prefix") && subject == null)) {
            Token name = required(token, Kind.NAME);
            prefixes.put(
                    name.text().replaceFirst(":$", ""),
                    resolved(required(token, Kind.ADDRESS).text()));
            return true;
        }
        if (word.equals("@base") || (word.equals("base") && subject == null)) {
            base = required(token, Kind.ADDRESS).text();
            return true;
        }
        return false;
    }

    private Token required(Token directive, Kind kind) throws UnreadableDictionary {
        Token token = tokens.next();
        if (token == null || token.kind() != kind) {
            throw new UnreadableDictionary("has an incomplete " + directive.text() + " in line " + directive.line());
        }
        return token;
    }

    private String named(Token token) throws UnreadableDictionary {
        String name = token.text();
        if (name.equals("a")) {
            return RDF_TYPE;
        }
        int colon = name.indexOf(':');
        if (colon < 0 || name.startsWith("_:")) {
            // A number, a truth value or a blank node.
            return "";
        }
        String prefix = prefixes.get(name.substring(0, colon));
        if (prefix == null) {
            throw new UnreadableDictionary("uses the prefix " + name.substring(0, colon) + ": in line " + token.line()
                    + " without declaring it");
        }
        return prefix + name.substring(colon + 1);
    }

    private String resolved(String address) {
        return address.matches("[A-Za-z][A-Za-z0-9+.-]*:.*") ? address : base + address;
    }
}
