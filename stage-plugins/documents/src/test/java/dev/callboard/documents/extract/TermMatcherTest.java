package dev.callboard.documents.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermMatcherTest {
    private static Term term(String id, String name) {
        EntityRef entity = EntityRef.identified("thing", id, name, Map.of());
        return new Term(name, entity, Method.DICTIONARY, Confidence.EXACT);
    }

    private static TermMatcher names(String... names) throws Exception {
        return new TermMatcher(Stream.of(names).map(name -> term(name, name)).toList());
    }

    private static List<String> found(TermMatcher matcher, String text) {
        return matcher.find(text).stream()
                .map(hit -> text.substring(hit.start(), hit.end()))
                .toList();
    }

    @Test
    void theLongestNameCounts() throws Exception {
        TermMatcher matcher = names("Rift Valley", "Rift Valley fever", "Rift Valley fever virus", "fever");
        assertThat(found(
                        matcher, "Rift Valley fever is caused by Rift Valley fever virus, a fever in the Rift Valley."))
                .containsExactly("Rift Valley fever", "Rift Valley fever virus", "fever", "Rift Valley");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "goat     | Goats are no scapegoats. A goat is. | goat",
                "IL-2     | IL 2, il-2, IL–2 and IL2            | IL 2,IL–2",
                "μ-opioid | a μ opioid and a μ-opioid receptor  | μ opioid,μ-opioid",
                "AIDS     | It aids AIDS patients; Aids too.    | AIDS",
                "ELISA    | an Elisa and an ELISA               | ELISA",
                "RIFAMPIN | RIFAMPIN and rifampin               | RIFAMPIN,rifampin",
                "naïve    | naïve na\u00EFve naive              | naïve,naïve",
                "Crohn's disease | Crohn’s disease and Crohn's Disease | Crohn’s disease,Crohn's Disease",
                "日本      | 日本語と日本。                           | 日本,日本",
                "HER2/neu | HER2/neu, HER2 / neu, HER2 neu      | HER2/neu,HER2 / neu",
            })
    void wordsAreComparedAndNotLetters(String name, String text, String expected) throws Exception {
        assertThat(String.join(",", found(names(name.strip()), text))).isEqualTo(expected);
    }

    @Test
    void namesDoNotGoOnInTheNextLine() throws Exception {
        assertThat(found(names("blood pressure"), "blood\npressure and blood\u00A0pressure"))
                .containsExactly("blood\u00A0pressure");
    }

    @Test
    void theVeryWordsAreSurerThanAnotherSpelling() throws Exception {
        assertThat(names("Rift Valley fever").find("rift valley fever. Rift Valley fever."))
                .extracting(Hit::confidence)
                .containsExactly(Confidence.HIGH, Confidence.EXACT);
    }

    @Test
    void ofTwoMeaningsTheOneInTheSameCaseCountsElseTheFirst() throws Exception {
        TermMatcher matcher = new TermMatcher(List.of(term("animal", "cat"), term("gene", "CAT"), term("pet", "cat")));
        assertThat(matcher.find("The CAT, the cat, the Cat."))
                .extracting(hit -> hit.entity().id())
                .containsExactly("thing:gene", "thing:animal", "thing:animal");
        assertThat(matcher.ambiguous()).isEqualTo(1);
    }

    @Test
    void namesThatWouldBeFoundEverywhereAreNotLookedFor() throws Exception {
        TermMatcher matcher = names("I", "12", "-", "...", "肝");
        assertThat(matcher.unusable()).isEqualTo(4);
        assertThat(found(matcher, "I saw 12 - ... 肝")).containsExactly("肝");
    }

    @Test
    void noNamesFindNothing() throws Exception {
        assertThat(names().find("Words.")).isEmpty();
        assertThat(names("word").find("")).isEmpty();
    }

    @Test
    void loneSurrogatesAreCharactersLikeOthers() throws Exception {
        String text = "a\uD800b fish \uDC00 🐟 fish\uDBFF";
        assertThat(found(names("fish", "🐟 fish", "b fish"), text)).containsExactly("b fish", "🐟 fish");
    }

    @Test
    void aHundredThousandNamesAreFoundEachByItsOwnEntity() throws Exception {
        List<Term> terms = IntStream.range(0, 100_000)
                .mapToObj(i -> term("t" + i, "substance w" + i % 317 + " of kind k" + i / 317))
                .toList();
        TermMatcher matcher = new TermMatcher(new ArrayList<>(terms));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100_000; i += 997) {
            text.append("We saw ").append(terms.get(i).name()).append(" there. ");
        }
        assertThat(matcher.find(text.toString()))
                .extracting(hit -> hit.entity().id())
                .containsExactlyElementsOf(IntStream.iterate(0, i -> i < 100_000, i -> i + 997)
                        .mapToObj(i -> "thing:t" + i)
                        .toList());
    }
}
