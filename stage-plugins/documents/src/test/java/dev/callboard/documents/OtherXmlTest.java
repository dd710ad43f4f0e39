package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** D3, D10, D12: formats are told by what stands in them, sets are taken apart, and titles are the document's own. */
class OtherXmlTest {
    @Test
    void publishersOwnArticlesAreReadByTheirShape() throws Exception {
        Map<String, Object> elsevier = Read.file(
                "e.xml",
                "<article xmlns='urn:pub' xmlns:ce='urn:c'><item-info><jid>AB</jid></item-info><head><ce:title>Tides told</ce:title>"
                        + "<ce:author><ce:given-name>Ada</ce:given-name><ce:surname>Heron</ce:surname></ce:author></head><body>"
                        + "<ce:section><ce:label>1</ce:label><ce:section-title>Aims</ce:section-title><ce:para>Of 10<ce:sup>6</ce:sup>"
                        + " drops.</ce:para></ce:section></body></article>");
        assertThat(elsevier).containsEntry("title", "Tides told").containsEntry("media_type", "application/xml");
        assertThat(Read.blocks(elsevier))
                .contains("paragraph: Ada Heron", "heading: 1 Aims", "paragraph: Of 10⁶ drops.");
        Map<String, Object> bmc = Read.file(
                "b.xml",
                "<?xml version='1.0'?><art><fm><bibl><title><p>Gulls</p></title></bibl></fm><bdy><sec><st><p>Aims</p></st><p>Look up."
                        + "</p></sec></bdy></art>");
        assertThat(bmc).containsEntry("title", "Gulls");
        assertThat(Read.blocks(bmc)).containsExactly("heading: Gulls", "heading: Aims", "paragraph: Look up.");
    }

    @Test
    void docbookIsNotJatsAndJatsIsKnownByWhatItHolds() throws Exception {
        for (String docbook : List.of(
                "<article xmlns='http://docbook.org/ns/docbook'><info><title>Howto</title></info><para>Do it.</para></article>",
                "<!DOCTYPE article PUBLIC '-//OASIS//DTD DocBook XML V4.5//EN' 'd.dtd'><article><articleinfo><title>Howto</title>"
                        + "</articleinfo><para>Do it.</para></article>",
                "<?xml version='1.0'?><article><title>Howto</title><para>Do it.</para></article>")) {
            assertThat(Read.file("a.xml", docbook))
                    .containsEntry("title", "Howto")
                    .containsEntry("media_type", "application/xml")
                    .hasEntrySatisfying(
                            "text", text -> assertThat((String) text).endsWith("Do it."));
        }
        assertThat(Read.file(
                        "a.xml",
                        "<?xml version='1.0'?><article><!-- x --><front/><body><p>Do it.</p></body></article>"))
                .containsEntry("media_type", "application/jats+xml");
    }

    @Test
    void setsAreTakenApart() throws Exception {
        String article = "<article><front><article-meta><title-group><article-title>TITLE</article-title></title-group>"
                + "</article-meta></front><body><sec><title>Methods</title><p>Words.</p></sec></body></article>";
        List<Map<String, Object>> set = Read.all(
                "s.xml",
                "<pmc-articleset>" + article.replace("TITLE", "First") + article.replace("TITLE", "Second")
                        + "</pmc-articleset>");
        assertThat(set).extracting("title").containsExactly("First", "Second");
        assertThat(set.get(1).get("doc_id")).isEqualTo(set.get(0).get("doc_id") + "-2");
        Map<String, Object> record = Read.file(
                "o.xml",
                "<OAI-PMH><request>http://x</request><GetRecord><record><header><identifier>oai:1</identifier></header><metadata>"
                        + article + "</metadata></record></GetRecord></OAI-PMH>");
        assertThat(record).containsEntry("title", "TITLE");
        assertThat(Read.leftOut(record)).allMatch(entry -> entry.endsWith("around the document, not part of it"));
        assertThat(Read.all(
                        "d.xml",
                        "<OAI-PMH><ListRecords><record><metadata><dc><title>One</title><description>About.</description></dc>"
                                + "</metadata></record><record><metadata><dc><title>Two</title><publisher>Port</publisher></dc>"
                                + "</metadata></record></ListRecords></OAI-PMH>"))
                .extracting("text")
                .containsExactly("One\n\nAbout.", "Two\n\npublisher: Port");
    }

    @Test
    void chunksOfASetHaveIdsOfTheirOwn() throws Exception {
        String article = "<article><front/><body><p>The same words in both.</p></body></article>";
        TestContext context = new TestContext().file("s.xml", "<set>" + article + article + "</set>");
        List<Map<String, Object>> chunks = TestContext.list(context.run("ingest", "parse", "ir-validation", "chunk"));
        assertThat(chunks).extracting("id").doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void pubmedCitationsKeepTheirLabels() throws Exception {
        Map<String, Object> citation = Read.file(
                "p.xml",
                "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article><Journal><Title>Sea</Title></Journal>"
                        + "<ArticleTitle>Buoys.</ArticleTitle><Abstract><AbstractText Label='AIMS'>To float.</AbstractText></Abstract>"
                        + "<AuthorList><Author><LastName>Quill</LastName><ForeName>Rosa</ForeName></Author></AuthorList>"
                        + "<Language>ger</Language></Article><CoiStatement>None.</CoiStatement></MedlineCitation></PubmedArticle>"
                        + "</PubmedArticleSet>");
        assertThat(citation).containsEntry("title", "Buoys.").containsEntry("lang", "de");
        assertThat(Read.blocks(citation)).containsExactly("title: Buoys.", "abstract: AIMS: To float.", "note: None.");
        assertThat(Read.meta(citation))
                .containsEntry("authors", List.of("Rosa Quill"))
                .containsEntry("journal", "Sea")
                .containsEntry("pmid", "7");
    }

    @Test
    void patentsAndTeiHaveTheirTitlesPeopleAndReferences() throws Exception {
        assertThat(Read.file(
                        "u.xml",
                        "<us-patent-grant><us-references-cited><title>Old</title></us-references-cited>"
                                + "<invention-title>Lamp holder</invention-title><description><heading>METHODS</heading><p>Hold.</p>"
                                + "</description></us-patent-grant>"))
                .containsEntry("title", "Lamp holder");
        assertThat(Read.file(
                        "s.xml",
                        "<PATDOC><SDOBI><B540><STEXT><PDAT>Rope cutter</PDAT></STEXT></B540></SDOBI><SDODE><H><STEXT>"
                                + "<PDAT>Methods</PDAT></STEXT></H></SDODE></PATDOC>"))
                .containsEntry("title", "Rope cutter");
        Map<String, Object> tei = Read.file(
                "t.xml",
                "<TEI><teiHeader><fileDesc><titleStmt><title>Currents</title></titleStmt><sourceDesc><biblStruct><analytic><author>"
                        + "<persName><forename>Ada</forename><surname>Heron</surname></persName></author></analytic></biblStruct>"
                        + "</sourceDesc></fileDesc></teiHeader><text><body><div><head>Aims</head><p>Move.</p></div></body><back>"
                        + "<listBibl><biblStruct id='b0'><analytic><title level='a'>On water</title></analytic></biblStruct></listBibl>"
                        + "</back></text></TEI>");
        assertThat(tei).containsEntry("title", "Currents");
        assertThat(Read.blocks(tei)).containsExactly("title: Currents", "heading: Aims", "paragraph: Move.");
        assertThat(Read.meta(tei)).containsEntry("authors", List.of("Ada Heron"));
        assertThat(TestContext.list(tei.get("refs"))).extracting("title").containsExactly("On water");
    }

    @Test
    void wordsAndNumbersOfUnknownElementsStayApart() throws Exception {
        assertThat(Read.blocks(Read.file(
                        "a.xml", "<r>Lead.<section><p>One.</p><p>Two.</p><item>a</item><item>b</item></section></r>")))
                .containsExactly(
                        "paragraph: Lead.", "paragraph: One.", "paragraph: Two.", "list-item: a", "list-item: b");
        assertThat(Read.blocks(Read.file("a.xml", "<r><line>5<qty>6</qty>7</line><b>bo</b></r>")))
                .contains("paragraph: 5 6 7");
    }

    @Test
    void aReaderThatKeptTooLittleGivesWayAndSaysSo() throws Exception {
        // Called TEI, but its words stand where TEI has only facts about a file.
        TestContext context = new TestContext()
                .file(
                        "t.xml",
                        "<TEI><teiHeader><fileDesc><x>" + "All the words stand here. ".repeat(9)
                                + "</x></fileDesc></teiHeader></TEI>");
        Map<String, Object> document = context.document();
        assertThat((String) document.get("text")).startsWith("All the words");
        assertThat(Read.meta(document)).containsEntry("read_as", "general XML");
        assertThat(context.lines()).anyMatch(line -> line.startsWith("t.xml is read as XML of an unknown kind"));
    }

    @Test
    void studiesKeepTheirResultsAndNameWhatTheyLeaveOut() throws Exception {
        String study =
                "{\"protocolSection\": {\"identificationModule\": {\"nctId\": \"NCT00000001\", \"briefTitle\": \"Lamps\"},"
                        + " \"ipdSharingStatementModule\": {\"description\": \"Not shared.\"}}, \"resultsSection\": {\"outcomeMeasuresModule\":"
                        + " {\"outcomeMeasures\": [{\"title\": \"Light\", \"groups\": [{\"id\": \"OG000\", \"title\": \"Oil\"}], \"classes\":"
                        + " [{\"categories\": [{\"measurements\": [{\"groupId\": \"OG000\", \"value\": \"12.5\"}]}]}]}]}}, \"derivedSection\":"
                        + " {\"miscInfoModule\": {\"versionHolder\": \"2026\"}}}";
        Map<String, Object> one = Read.file("s.json", "\uFEFF" + study);
        assertThat(Read.blocks(one))
                .contains(
                        "list-item: Description: Not shared.",
                        "list-item: Title: Light",
                        "list-item: Oil (OG000): 12.5");
        assertThat(Read.leftOut(one))
                .containsExactly("/derivedSection: terms that the register derives from the study");
        String second = study.replace("NCT00000001", "NCT00000002").replace("Lamps", "Wicks");
        assertThat(Read.all("a.json", "[" + study + ", " + second + "]"))
                .extracting("title")
                .containsExactly("Lamps", "Wicks");
        assertThat(Read.all("p.json", "{\"studies\": [" + study + ", " + second + "], \"nextPageToken\": \"x\"}"))
                .hasSize(2);
        assertThatThrownBy(() -> Read.all("a.json", "[" + study + ", {\"a\": 1}]"))
                .hasMessageContaining("1 have no protocolSection");
        assertThat(Read.file("lines.json", "{\"a\": 1}\n{\"a\": 2}\n")).containsEntry("media_type", "text/plain");
    }
}
