package dev.callboard.documents.extract;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds names in text by the Aho–Corasick algorithm: in one pass, however many names there are.
 *
 * <p>The automaton reads words and not letters: each different word of the names is one character of its alphabet. So a name
 * begins and ends with a word, white space and hyphens make no difference, and the automaton of 100,000 names of
 * one to four words takes some 17 MB.
 */
final class TermMatcher {
    /** Stands for all words that are in no name. */
    private static final int UNKNOWN = 1;

    private static final int MOST_WORDS = 1_000_000;

    private final Map<String, Integer> alphabet = new HashMap<>();
    private final AhoCorasickDoubleArrayTrie<List<Term>> trie = new AhoCorasickDoubleArrayTrie<>();
    private final boolean empty;
    private final int ambiguous;
    private final int unusable;

    /**
     * A matcher for some names.
     *
     * @throws StageFailure {@code dictionary_too_large} when they have more than a million different words
     */
    TermMatcher(Collection<Term> terms) throws StageFailure {
        Map<String, List<Term>> byKey = new TreeMap<>();
        int without = 0;
        for (Term term : terms) {
            Words words = Words.of(term.name());
            if (isUsable(term.name(), words)) {
                // Most names have one entity: the list of one that never changes is a third of the size.
                byKey.merge(key(words), List.of(term), TermMatcher::joined);
            } else {
                without++;
            }
        }
        this.unusable = without;
        this.ambiguous = (int) byKey.values().stream()
                .filter(sharing -> sharing.stream()
                                .map(term -> term.entity().id())
                                .distinct()
                                .count()
                        > 1)
                .count();
        this.empty = byKey.isEmpty();
        if (!empty) {
            trie.build(byKey);
        }
    }

    private static List<Term> joined(List<Term> some, List<Term> more) {
        List<Term> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** A single letter and bare numbers would be found everywhere; a single character of a script without spaces is a word. */
    private static boolean isUsable(String name, Words words) {
        boolean letters = name.codePoints().anyMatch(Character::isLetter);
        boolean alone = name.codePointCount(0, name.length()) < 2;
        return words.size() > 0 && letters && (!alone || name.codePoints().allMatch(Character::isIdeographic));
    }

    private String key(Words words) throws StageFailure {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            String word = words.folded(i);
            Integer letter = alphabet.get(word);
            if (letter == null) {
                letter = letter(alphabet.size());
                alphabet.put(word, letter);
            }
            key.appendCodePoint(letter);
        }
        return key.toString();
    }

    /** A code point for the n-th word; halves of surrogate pairs are none. */
    private static int letter(int n) throws StageFailure {
        if (n >= MOST_WORDS) {
            throw StageFailure.permanent(
                    "dictionary_too_large",
                    "The dictionaries have more than " + MOST_WORDS + " different words: use smaller ones.");
        }
        int point = UNKNOWN + 1 + n;
        return point < Character.MIN_SURROGATE ? point : point + Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1;
    }

    /** How many names have several meanings; the first counts. */
    int ambiguous() {
        return ambiguous;
    }

    /** How many names are never found: a single letter, or no letter at all. */
    int unusable() {
        return unusable;
    }

    /** The longest names in a text, none overlapping another. */
    List<Hit> find(String text) {
        if (empty) {
            return List.of();
        }
        Words words = Words.of(text);
        StringBuilder letters = new StringBuilder(words.size());
        int[] wordOf = new int[2 * words.size() + 1];
        for (int i = 0; i < words.size(); i++) {
            int before = letters.length();
            letters.appendCodePoint(alphabet.getOrDefault(words.folded(i), UNKNOWN));
            Arrays.fill(wordOf, before, letters.length(), i);
        }
        List<Hit> hits = new ArrayList<>();
        trie.parseText(letters, (begin, end, terms) -> {
            Hit hit = hit(text, words, wordOf[begin], wordOf[end - 1] + 1, terms);
            if (hit != null) {
                hits.add(hit);
            }
        });
        return Hit.longest(hits);
    }

    private static Hit hit(String text, Words words, int from, int to, List<Term> terms) {
        int start = words.start(from);
        int end = words.end(to - 1);
        String found = text.substring(start, end);
        Term best = null;
        for (Term term : terms) {
            if (term.name().equals(found)) {
                return new Hit(start, end, term.entity(), term.method(), term.verbatim());
            }
            if (best == null && fits(term, words.cased(from, to))) {
                best = term;
            }
        }
        if (best == null) {
            return null;
        }
        Confidence varied = best.verbatim() == Confidence.EXACT ? Confidence.HIGH : best.verbatim();
        return new Hit(start, end, best.entity(), best.method(), varied);
    }

    private static boolean fits(Term term, String found) {
        if (!term.isCaseSensitive()) {
            return true;
        }
        Words name = Words.of(term.name());
        return name.cased(0, name.size()).equals(found);
    }
}
