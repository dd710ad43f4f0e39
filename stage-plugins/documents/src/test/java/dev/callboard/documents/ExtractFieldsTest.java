package dev.callboard.documents;

import static dev.callboard.documents.Extractions.assertPlacesHoldTheirText;
import static dev.callboard.documents.Extractions.claims;
import static dev.callboard.documents.Extractions.entities;
import static dev.callboard.documents.Extractions.extract;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What extract takes from the fields of trials and articles. */
class ExtractFieldsTest {
    @Test
    void fieldsOfATrialAreExact() throws Exception {
        TestContext context =
                new TestContext().file("t.json", Fixtures.trial("Ginger at sea", "Ginger for sea sickness."));
        Map<String, Object> output = extract(context);
        assertThat(claims(output))
                .contains(
                        "document identified_by trial:NCT00000001",
                        "document has_condition condition:sea-sickness",
                        "document has_intervention intervention:ginger",
                        "condition:sea-sickness mentioned_with intervention:ginger");
        Map<String, Object> condition = entities(output).get("condition:sea-sickness");
        assertThat(TestContext.list(condition.get("places")))
                .extracting("method")
                .contains("structured", "field_term");
        assertPlacesHoldTheirText(context.document(), output);
    }

    @Test
    void fieldsOfAnArticleAreExact() throws Exception {
        String front = "<contrib-group><contrib contrib-type=\"author\"><name><surname>Doe</surname><given-names>Jane"
                + "</given-names></name></contrib></contrib-group><article-id pub-id-type=\"doi\">10.1000/ABC</article-id>"
                + "<kwd-group><kwd>tide gauges</kwd></kwd-group><funding-group><award-group><funding-source>"
                + "<institution-wrap><institution>Sea Fund</institution><institution-id>x1</institution-id>"
                + "</institution-wrap></funding-source><award-id>SF-7</award-id></award-group></funding-group>";
        String article = Fixtures.jats("<sec><title>S</title><p>Tide gauges stood here.</p></sec>")
                .replace("</article-meta>", front + "</article-meta>")
                .replace(
                        "</article>",
                        "<back><ref-list><ref id=\"r1\"><element-citation><article-title>Old tides</article-title>"
                                + "<pub-id pub-id-type=\"doi\">10.1000/x</pub-id><pub-id pub-id-type=\"pmid\">77</pub-id>"
                                + "</element-citation></ref></ref-list></back></article>");
        Map<String, Object> output = extract(new TestContext().file("a.nxml", article));
        assertThat(claims(output))
                .contains(
                        "document authored_by person:jane-doe",
                        "document identified_by doi:10.1000/abc",
                        "document has_keyword keyword:tide-gauges",
                        "document funded_by organisation:sea-fund",
                        "document has_award award:sf-7",
                        "document cites doi:10.1000/x",
                        "doi:10.1000/x same_as pmid:77");
        assertThat(entities(output).get("doi:10.1000/x")).containsEntry("label", "Old tides");
        assertThat(TestContext.list(entities(output).get("keyword:tide-gauges").get("places")))
                .extracting("confidence")
                .containsExactly("exact", "high");
    }
}
