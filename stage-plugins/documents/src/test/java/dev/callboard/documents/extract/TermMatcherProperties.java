package dev.callboard.documents.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The matcher finds what a slow search over words finds, for any names and text. */
class TermMatcherProperties {
    private static final List<String> WORDS = List.of(
            "alpha", "Beta", "GAMMA", "delta", "il", "2", "of", "ß", "naïve", "🐟", "肝", "日", "x1", "O'Neil", "\uD800");

    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.of(WORDS)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(words -> String.join(" ", words))
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> gaps = Arbitraries.of(" ", " ", " ", "-", " – ", ". ", ", ", "\n", "", "(", "\u00A0");
        return Combinators.combine(Arbitraries.of(WORDS), gaps)
                .as((word, gap) -> word + gap)
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 500)
    void findsTheLeftmostLongestNames(@ForAll("names") List<String> names, @ForAll("texts") String text)
            throws Exception {
        List<Term> terms = new ArrayList<>();
        for (String name : names) {
            terms.add(new Term(
                    name,
                    EntityRef.identified("thing", "t" + name, name, Map.of()),
                    Method.DICTIONARY,
                    Confidence.EXACT));
        }
        List<String> expected = new ArrayList<>();
        Words words = Words.of(text);
        for (int from = 0; from < words.size(); ) {
            int to = longest(terms, words, from);
            if (to > from) {
                expected.add(words.start(from) + "-" + words.end(to - 1));
            }
            from = Math.max(to, from + 1);
        }
        List<Hit> hits = new TermMatcher(terms).find(text);
        assertThat(hits).extracting(hit -> hit.start() + "-" + hit.end()).isEqualTo(expected);
        for (Hit hit : hits) {
            String found = text.substring(hit.start(), hit.end());
            assertThat(folded(found)).isEqualTo(folded(hit.entity().label().isEmpty() ? found : name(terms, hit)));
        }
    }

    private static String name(List<Term> terms, Hit hit) {
        return terms.stream()
                .filter(term -> term.entity().id().equals(hit.entity().id()))
                .findFirst()
                .orElseThrow()
                .name();
    }

    /** After the last word of the longest name that begins at a word, or the word itself when none does. */
    private static int longest(List<Term> terms, Words text, int from) {
        int longest = from;
        for (Term term : terms) {
            Words name = Words.of(term.name());
            int to = from + name.size();
            boolean usable = term.name().codePoints().anyMatch(Character::isLetter)
                    && (term.name().codePointCount(0, term.name().length()) > 1
                            || term.name().codePoints().allMatch(Character::isIdeographic));
            if (usable && to <= text.size() && to > longest && isHere(term, name, text, from)) {
                longest = to;
            }
        }
        return longest;
    }

    private static boolean isHere(Term term, Words name, Words text, int from) {
        for (int i = 0; i < name.size(); i++) {
            if (!name.folded(i).equals(text.folded(from + i))) {
                return false;
            }
        }
        return !term.isCaseSensitive() || name.cased(0, name.size()).equals(text.cased(from, from + name.size()));
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{Z}\\p{Pd}]+", "");
    }
}
