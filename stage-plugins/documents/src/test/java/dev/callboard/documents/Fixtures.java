package dev.callboard.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Documents of our own: the samples that ship with Callboard, and small ones for single rules. */
final class Fixtures {
    private static final Path SAMPLES = Path.of("../../docs/samples");

    private Fixtures() {}

    /** The real documents of each kind, in the folder beside the project. */
    static Stream<String> realDocuments() {
        return Stream.of(
                "pntd.0002065.nxml",
                "PMC11784394.xml",
                "ehp-116-1694.nxml",
                "wikipedia-mozilla.html",
                "ctgov-get_nct02576665_20260811.json");
    }

    static byte[] sample(String name) {
        try {
            return Files.readAllBytes(SAMPLES.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JATS article with a body, DOCTYPE first and no XML declaration, as archives send them. */
    static String jats(String body) {
        return "<!DOCTYPE article PUBLIC \"-//NLM//DTD JATS v1.0//EN\" \"JATS-archivearticle1.dtd\">\n"
                + "<article xmlns:xlink=\"http://www.w3.org/1999/xlink\"><front><article-meta><title-group>"
                + "<article-title>A title</article-title></title-group></article-meta></front><body>" + body
                + "</body></article>";
    }

    /** A study as the register's API gives it, with one more field in the identification module. */
    static String trial(String title, String summary) {
        return "{\"protocolSection\": {\"identificationModule\": {\"nctId\": \"NCT00000001\", \"briefTitle\": \""
                + title
                + "\"}, \"descriptionModule\": {\"briefSummary\": \"" + summary + "\"},"
                + "\"conditionsModule\": {\"conditions\": [\"Sea sickness\"]},"
                + "\"armsInterventionsModule\": {\"interventions\": [{\"name\": \"Ginger\", \"otherNames\":"
                + " [\"Zingiber\", \"Root\"]}]},"
                + "\"eligibilityModule\": {\"eligibilityCriteria\": \"Inclusion Criteria:\\n\\n1. Sails often.\\n2. Age"
                + " \\\\> 17.\\n\\n   * Any boat\\\\[s\\\\].\"}}}";
    }
}
