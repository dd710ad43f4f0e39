package dev.callboard.documents.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is looked for. Quotes make a phrase, and all phrases must be there. Of all else any word may be there; a word of several
 * parts with a digit among them, such as {@code COVID-19} or a DOI, stands or falls as one. No other character means anything.
 *
 * @param phrases that must be there
 * @param words any of which makes a result, as long as there are no phrases
 * @param fillers words such as "the": they only decide between results; but when there is nothing else, they are words
 * @param left how many terms were left out because there were too many
 */
record SearchTerms(List<Clause> phrases, List<Clause> words, List<Clause> fillers, int left) {
    /** The most terms of one question. */
    static final int MAX_TERMS = 64;

    private static final String QUOTES = "\"“”„«»";

    /** A phrase, whose inside is group 1; or a word; or a quote that is never closed. */
    private static final Pattern PART = Pattern.compile(
            "[" + QUOTES + "]([^" + QUOTES + "]*)[" + QUOTES + "]|\\S+?(?=[\\s" + QUOTES + "]|$)|[" + QUOTES + "]");

    private static final Pattern DIGIT = Pattern.compile("\\p{Nd}");

    private static final Set<String> FILLERS = Token.toLookFor(
                    "a about an and are as at be been but by can could did do does for from had has have how i if in into is it"
                            + " its me my no not of on or our should so such than that the their them then there these they this"
                            + " to us was we were what when where which who why will with would you your")
            .stream()
            .map(Token::term)
            .collect(Collectors.toUnmodifiableSet());

    /**
     * One thing to look for: a term, or several at these distances from each other.
     *
     * @param terms term to its position, the first at 0
     */
    record Clause(List<String> terms, List<Integer> positions) {
        Clause {
            terms = List.copyOf(terms);
            positions = List.copyOf(positions);
        }

        private static Clause of(List<Token> tokens) {
            int first = tokens.get(0).position();
            return new Clause(
                    tokens.stream().map(Token::term).toList(),
                    tokens.stream().map(token -> token.position() - first).toList());
        }

        boolean isOneTerm() {
            return terms.size() == 1;
        }
    }

    /** Reads a question's words. */
    static SearchTerms of(String question) {
        Map<Clause, Boolean> phrases = new LinkedHashMap<>();
        Map<Clause, Boolean> words = new LinkedHashMap<>();
        int terms = 0;
        int left = 0;
        Matcher part = PART.matcher(question);
        while (part.find()) {
            boolean phrase = part.group(1) != null;
            List<Token> tokens = Token.toLookFor(phrase ? part.group(1) : part.group());
            if (tokens.isEmpty()) {
                continue;
            }
            int room = MAX_TERMS - terms;
            left += Math.max(0, tokens.size() - room);
            tokens = tokens.subList(0, Math.min(room, tokens.size()));
            terms += tokens.size();
            if (tokens.isEmpty()) {
                continue;
            }
            if (phrase) {
                phrases.put(Clause.of(tokens), true);
            } else if (DIGIT.matcher(part.group()).find()) {
                words.put(Clause.of(tokens), true);
            } else {
                tokens.forEach(token -> words.put(Clause.of(List.of(token)), true));
            }
        }
        return of(new ArrayList<>(phrases.keySet()), new ArrayList<>(words.keySet()), left);
    }

    private static SearchTerms of(List<Clause> phrases, List<Clause> all, int left) {
        List<Clause> words = all.stream().filter(clause -> !isFiller(clause)).toList();
        List<Clause> fillers = all.stream().filter(SearchTerms::isFiller).toList();
        return words.isEmpty() && phrases.isEmpty()
                ? new SearchTerms(phrases, fillers, List.of(), left)
                : new SearchTerms(phrases, words, fillers, left);
    }

    private static boolean isFiller(Clause clause) {
        return clause.isOneTerm() && FILLERS.contains(clause.terms().get(0));
    }

    boolean isEmpty() {
        return phrases.isEmpty() && words.isEmpty();
    }
}
