package dev.callboard.documents.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextPatternsTest {
    private static List<Hit> find(String text) {
        return new TextPatterns(List.of()).find(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "registered as NCT02576665.            | NCT02576665            | trial:NCT02576665",
                "ANCT02576665 and NCT0257666           |                        |",
                "(doi:10.1371/journal.pntd.0002065).   | 10.1371/journal.pntd.0002065 | doi:10.1371/journal.pntd.0002065",
                "10.1016/S0140-6736(05)67889-0, and    | 10.1016/S0140-6736(05)67889-0 | doi:10.1016/s0140-6736(05)67889-0",
                "https://doi.org/10.1000/ABC#part      | 10.1000/ABC            | doi:10.1000/abc",
                "version 10.2/3 of it                  |                        |",
                "PMID: 23469300; more                  | 23469300               | pmid:23469300",
                "gave 10 mg/kg daily                   | 10 mg/kg               | dose:10mg/kg",
                "gave 0.5–1.5 µg/kg/h                  | 0.5–1.5 µg/kg/h        | dose:0.5-1.5μg/kg/h",
                "at 10 mg/mL or 5 g of it              |                        |",
                "(P = 0.04)                            | P = 0.04               | p_value:p=0.04",
                "p-value < .001,                       | p-value < .001         | p_value:p<.001",
                "p<3×10−8 there                        | p<3×10−8               | p_value:p<3×10−8",
                "with p = 9 and map = 0.5              |                        |",
                "on 3 August 2012.                     | 3 August 2012          | date:2012-08-03",
                "on August 3rd, 2012                   | August 3rd, 2012       | date:2012-08-03",
                "on 2012-08-03                         | 2012-08-03             | date:2012-08-03",
                "in Sept. 2010                         | Sept. 2010             | date:2010-09",
                "on 31 February 2012                   | February 2012          | date:2012-02",
                "code 2012-13-45                       |                        |",
                "E-mail: Jane.Doe@uni.example.org.     | Jane.Doe@uni.example.org | email:jane.doe@uni.example.org",
                "user@localhost and @name              |                        |",
            })
    void formsAreRead(String text, String found, String id) {
        assertThat(find(text).stream()
                        .map(hit -> text.substring(hit.start(), hit.end()) + " "
                                + hit.entity().id())
                        .toList())
                .isEqualTo(found == null ? List.of() : List.of(found + " " + id));
    }

    @Test
    void theLongestOfSeveralFormsCounts() {
        assertThat(find("10.1000/2012-08-03"))
                .singleElement()
                .satisfies(hit -> assertThat(hit.entity().type()).isEqualTo("doi"));
    }

    @Test
    void hostileTextNeedsLinearTime() {
        String text = "10.1000/" + "(".repeat(40_000) + " " + "a@".repeat(40_000) + "1".repeat(40_000);
        assertThat(find(text)).extracting(hit -> hit.entity().type()).doesNotContain("email");
    }
}
