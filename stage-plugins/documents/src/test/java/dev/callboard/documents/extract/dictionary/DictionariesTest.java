package dev.callboard.documents.extract.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.documents.input.Settings;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.testing.RecordingStageContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DictionariesTest {
    private final RecordingStageContext context = new RecordingStageContext();

    private List<DictionaryEntry> load(Map<String, Object> settings) throws Exception {
        return Dictionaries.load(context, new Settings(settings));
    }

    private List<DictionaryEntry> read(Map<String, Object> dictionary) throws Exception {
        return load(Map.of("dictionaries", List.of(dictionary)));
    }

    /** Each entry as {@code id=label|synonym|…:type}. */
    private List<String> shown(String text) throws Exception {
        return read(Map.of("name", "d", "text", text)).stream()
                .map(entry -> entry.id() + "=" + entry.label()
                        + (entry.synonyms().isEmpty() ? "" : "|" + String.join("|", entry.synonyms())) + ":"
                        + entry.type())
                .toList();
    }

    @Test
    void csvWithNamedColumns() throws Exception {
        assertThat(shown("Type,ID,Label,Synonym 1,note,synonyms\n"
                        + "disease,D1,\"fever, of the \"\"Rift\"\" valley\",RVF,x,a|b\r\n"
                        + "# a comment\n\n"
                        + "animal,,goat\n"))
                .containsExactly("D1=fever, of the \"Rift\" valley|RVF|a|b:disease", "=goat:animal");
    }

    @Test
    void csvWithoutNamedColumns() throws Exception {
        assertThat(shown("1;goat;goats;Capra hircus;organism\n2;sheep\n"))
                .containsExactly("1=goat|goats|Capra hircus:organism", "2=sheep:term");
        assertThat(shown("goat\nsheep")).containsExactly("=goat:term", "=sheep:term");
    }

    @Test
    void obo() throws Exception {
        assertThat(
                        shown(
                                """
                format-version: 1.4
                default-namespace: anatomy

                [Term]
                id: X:1 ! a comment
                name: left \\"ventricle\\" {source="a"}
                synonym: "LV \\"the left\\"" EXACT [ref:1]
                synonym: "chamber" BROAD []

                [Term]
                id: X:2
                name: old
                is_obsolete: true

                [Typedef]
                id: part_of
                name: part of

                [Term]
                id: X:3
                name: atrium
                namespace: Heart Parts
                """))
                .containsExactly("X:1=left \"ventricle\"|LV \"the left\"|chamber:anatomy", "X:3=atrium:heart_parts");
    }

    @Test
    void skosInRdfXml() throws Exception {
        assertThat(
                        shown(
                                """
                <?xml version="1.0"?>
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
                         xmlns:s="http://www.w3.org/2004/02/skos/core#">
                  <s:ConceptScheme rdf:about="http://example.org/all"><s:note>none</s:note></s:ConceptScheme>
                  <s:Concept rdf:about="http://example.org/1" xml:lang="en">
                    <s:prefLabel xml:lang="de">Ziege</s:prefLabel>
                    <s:prefLabel>goat &amp; kid</s:prefLabel>
                    <s:altLabel>Capra</s:altLabel>
                    <s:broader rdf:resource="http://example.org/0"/>
                  </s:Concept>
                  <rdf:Description rdf:about="http://example.org/2">
                    <s:hiddenLabel>sheeep</s:hiddenLabel><s:prefLabel>sheep</s:prefLabel>
                  </rdf:Description>
                </rdf:RDF>
                """))
                .containsExactly(
                        "http://example.org/1=goat & kid|Ziege|Capra:concept",
                        "http://example.org/2=sheep|sheeep:concept");
    }

    @Test
    void skosInTurtle() throws Exception {
        assertThat(
                        shown(
                                """
                @prefix skos: <http://www.w3.org/2004/02/skos/core#> . # the vocabulary
                @base <http://example.org/> .
                PREFIX ex: <http://example.org/v#>

                <1> a skos:Concept ;
                    skos:prefLabel "Ziege"@de, "go\\u0061t"@en-GB ;
                    skos:altLabel 'Capra "hircus"', \"""long
                label\"""@la ;
                    skos:related [ skos:prefLabel "not a concept" ], ( <2> "x" ) ;
                    ex:weight 3.5 .
                ex:she.ep skos:prefLabel "sheep"^^<http://www.w3.org/2001/XMLSchema#string> .
                """))
                .containsExactly(
                        "http://example.org/1=goat|Ziege|Capra \"hircus\"|long label:concept",
                        "http://example.org/v#she.ep=sheep:concept");
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("csv", "a,\"b\nc", "opens a quote in line 1 that is never closed"),
                Arguments.of("obo", "id: 1", "is not OBO: it has no [Term]"),
                Arguments.of("skos-xml", "<a><b></a>", "is not well-formed XML without a DTD, see line 1"),
                Arguments.of(
                        "skos-xml", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "is not well-formed XML without a DTD"),
                Arguments.of("skos-xml", "<a/>", "has no concept with a skos:prefLabel"),
                Arguments.of(
                        "skos-xml", "<a>".repeat(300) + "</a>".repeat(300), "nests elements deeper than 256 levels"),
                Arguments.of("skos-turtle", "x:y a x:z .", "uses the prefix x: in line 1 without declaring it"),
                Arguments.of("skos-turtle", "<a> <b> \"c", "opens a quote in line 1 that is never closed"),
                Arguments.of("skos-turtle", "<a", "opens an address in line 1 that is never closed"),
                Arguments.of("skos-turtle", "\n<a> <b> [ (", "opens a bracket in line 2 that is never closed"),
                Arguments.of("skos-turtle", "@prefix .", "has an incomplete @prefix in line 1"),
                Arguments.of("skos-turtle", "<a> <b> \"\\u12\" .", "has a wrong \\u escape in line 1"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatIsWrongIsSaid(String format, String text, String reason) {
        assertThatThrownBy(() -> read(Map.of("name", "d", "format", format, "text", text)))
                .isInstanceOf(StageFailure.class)
                .hasMessageStartingWith("The dictionary d cannot be used: it " + reason);
    }

    @Test
    void filesComeFromTheStoreAndFromTheTasksInput() throws Exception {
        byte[] bytes = "\uFEFFgoat".getBytes(StandardCharsets.UTF_8);
        String sha256 =
                context.file("animals.csv", "text/csv", bytes).inputs().get(0).get("blob") + "";
        assertThat(read(Map.of("input", "animals.csv")))
                .extracting(DictionaryEntry::label)
                .containsExactly("goat");
        assertThat(read(Map.of("blob", sha256, "type", "organism")))
                .extracting(DictionaryEntry::type)
                .containsExactly("organism");
        assertThat(context.lines()).contains("Dictionary animals.csv (csv): 1 entry, 1 name.");
    }

    @Test
    void filesThatAreNotThereAreNamed() {
        context.file("latin.csv", "text/csv", new byte[] {(byte) 0xE9});
        assertThatThrownBy(() -> read(Map.of("input", "none.csv"))).hasMessageContaining("no input 'none.csv'");
        assertThatThrownBy(() -> read(Map.of("blob", "0".repeat(64)))).hasMessageContaining("upload it again");
        assertThatThrownBy(() -> read(Map.of("input", "latin.csv"))).hasMessageContaining("is not UTF-8");
    }

    @Test
    void wrongSettingsAreNamed() {
        assertThatThrownBy(() -> load(Map.of("dictionaries", "x"))).hasMessageContaining("dictionaries must be a list");
        assertThatThrownBy(() -> read(Map.of("text", "a", "blob", "b")))
                .hasMessageContaining("one of text, blob and input");
        assertThatThrownBy(() -> read(Map.of("text", "a", "format", "xls")))
                .hasMessageContaining("dictionaries[0].format");
        assertThatThrownBy(() -> read(Map.of("text", "a", "type", "A B"))).hasMessageContaining("dictionaries[0].type");
        assertThatThrownBy(() -> load(Map.of("sample_dictionary", "yes"))).hasMessageContaining("true or false");
    }

    @Test
    void theLimitHoldsForAllDictionariesTogether() {
        Map<String, Object> two = Map.of("text", "a\nb");
        assertThatThrownBy(() -> load(Map.of("dictionaries", List.of(two, two), "max_names", 3)))
                .hasMessage("The dictionaries have more than 3 names: use smaller ones, or raise max_names.");
    }

    @Test
    void theSampleIsReadWhenItIsAskedFor() throws Exception {
        assertThat(load(Map.of())).isEmpty();
        assertThat(load(Map.of("sample_dictionary", true)))
                .extracting(DictionaryEntry::label)
                .contains("Rift Valley fever", "goat")
                .doesNotHaveDuplicates();
    }
}
