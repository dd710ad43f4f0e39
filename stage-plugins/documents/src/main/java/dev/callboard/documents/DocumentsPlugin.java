package dev.callboard.documents;

import dev.callboard.documents.chunk.ChunkStage;
import dev.callboard.documents.extract.ExtractStage;
import dev.callboard.documents.graph.KnowledgeGraphStage;
import dev.callboard.documents.ingest.IngestStage;
import dev.callboard.documents.parse.ParseStage;
import dev.callboard.documents.search.IndexStage;
import dev.callboard.documents.search.SearchQuestion;
import dev.callboard.documents.validate.IrValidationStage;
import dev.callboard.spi.OutputCounter;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StagePlugin;
import dev.callboard.spi.StageRegistration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Registers the document stages and the question {@code search}. Creating it costs nothing: schema, sentence model, parsers and
 * analysers are made when a stage first needs them.
 */
public final class DocumentsPlugin implements StagePlugin {
    /** For {@link java.util.ServiceLoader}. */
    public DocumentsPlugin() {}

    @Override
    public List<StageRegistration> stages() {
        return List.of(
                new StageRegistration(
                        StageMetadata.builder("ingest")
                                .stateKey("payloads")
                                .outputCounter(DocumentsPlugin::payloads)
                                .description("Checks the size and type of each input by its bytes and drops repeats.")
                                .build(),
                        IngestStage::new),
                new StageRegistration(
                        StageMetadata.builder("parse")
                                .stateKey("document")
                                .description(
                                        "Turns PDF, JATS and other XML, HTML, Markdown, plain text and ClinicalTrials.gov"
                                                + " JSON into one document format with sections, blocks and references.")
                                .dependencies("ingest")
                                .build(),
                        ParseStage::new),
                new StageRegistration(
                        StageMetadata.builder("ir-validation")
                                .stateKey("document")
                                .description("Checks the document against its schema and quality rules, and passes it"
                                        + " on unchanged.")
                                .dependencies("parse")
                                .build(),
                        IrValidationStage::new),
                new StageRegistration(
                        StageMetadata.builder("chunk")
                                .stateKey("chunks")
                                .outputCounter(ChunkStage::count)
                                .description("Cuts the document into chunks along sections, paragraphs and sentences,"
                                        + " within a budget of tokens.")
                                .dependencies("parse")
                                .build(),
                        ChunkStage::new),
                new StageRegistration(
                        StageMetadata.builder("index")
                                .stateKey("index_receipt")
                                .outputCounter(OutputCounter.sumOf("chunks_indexed"))
                                .description(
                                        "Makes chunks searchable by word and, with the stage embed before it, by meaning.")
                                .dependencies("chunk")
                                .build(),
                        IndexStage::new),
                new StageRegistration(
                        StageMetadata.builder("extract")
                                .stateKeys("entities", "claims")
                                .outputCounter(ExtractStage::count)
                                .description(
                                        "Finds entities and claims in fields and text, each with its place, method and"
                                                + " confidence.")
                                .dependencies("chunk")
                                .build(),
                        ExtractStage::new),
                new StageRegistration(
                        StageMetadata.builder("knowledge-graph")
                                .stateKey("graph_receipt")
                                .outputCounter(OutputCounter.sumOf("nodes_written"))
                                .description(
                                        "Writes entities and claims into the project's graph, document by document.")
                                .dependencies("extract")
                                .build(),
                        KnowledgeGraphStage::new));
    }

    @Override
    public Map<String, Supplier<? extends Stage>> queries() {
        return Map.of("search", SearchQuestion::new);
    }

    /** How many inputs were taken; those that failed beside them do not count. */
    private static long payloads(Object output) {
        return output instanceof Map<?, ?>
                ? OutputCounter.sumOf("payloads").count(output)
                : OutputCounter.size().count(output);
    }
}
