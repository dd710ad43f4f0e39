package dev.callboard.documents.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AbbreviationsTest {
    private static List<String> pairs(String text) {
        return Abbreviations.find(text).stream()
                .map(pair -> text.substring(pair.shortStart(), pair.shortEnd()) + " = "
                        + text.substring(pair.longStart(), pair.longEnd()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cases of Rift Valley fever (RVF) were seen. | RVF = Rift Valley fever",
                "by enzyme-linked immunosorbent assay (ELISA; kit 3) | ELISA = enzyme-linked immunosorbent assay",
                "The DVT (deep venous thrombosis) was treated. | DVT = deep venous thrombosis",
                "left bundle (LB) branch block (LBBB) | LBBB = left bundle (LB) branch block",
                "polychlorinated biphenyls (PCBs) | PCBs = polychlorinated biphenyls",
                "follicle-stimulating hormone (FSH) | FSH = follicle-stimulating hormone",
                "the β-subunit of thyrotropin (TSH) and heat shock protein (HSP) | HSP = heat shock protein",
            })
    void explainedAbbreviationsAreFound(String text, String expected) {
        assertThat(pairs(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "as seen before (see Table 2)",
                "in the years of war (1914)",
                "a thing (the)",
                "Some words (XYZ)",
                "(ABC) begins",
                "animals at both farms (group I)",
                "an open bracket (ABC",
                "brackets (in (brackets) BIB)",
                "A letter of it, and more (ALM)",
                "",
                "()",
                "one (\uD800)",
            })
    void otherBracketsAreNot(String text) {
        assertThat(pairs(text)).isEmpty();
    }

    @Test
    void placesCoverTheExplanation() {
        String text = "We saw deep venous thrombosis (DVT) twice.";
        assertThat(Abbreviations.find(text)).singleElement().satisfies(pair -> assertThat(
                        text.substring(pair.from(), pair.to()))
                .isEqualTo("deep venous thrombosis (DVT)"));
    }
}
