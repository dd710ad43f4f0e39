package dev.callboard.pipelines;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which of several pipeline files has a name. */
final class PipelineNames {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineNames.class);

    private PipelineNames() {}

    /**
     * Of two files with one pipeline name the one that is called {@code NAME.yaml} is served, else the first by file name.
     * The other is shown by the name of its file, with the fault.
     */
    static List<PipelineFile> distinct(Collection<PipelineFile> found) {
        List<PipelineFile> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing(
                file -> !PipelineFile.baseName(file.fileName()).equals(file.name())));
        Map<String, PipelineFile> named = new HashMap<>();
        List<PipelineFile> others = new ArrayList<>();
        for (PipelineFile file : sorted) {
            if (named.putIfAbsent(file.name(), file) != null) {
                others.add(file);
            }
        }
        List<PipelineFile> result = new ArrayList<>(named.values());
        for (PipelineFile file : others) {
            String first = Objects.requireNonNull(named.get(file.name())).fileName();
            String base = PipelineFile.baseName(file.fileName());
            Fault fault = new Fault(
                    "/name",
                    1,
                    1,
                    "The name '" + file.name() + "' is that of the pipeline in " + first
                            + ", which is used. Give this one a name of its own.");
            LOG.warn("Pipeline file {}: {}", file.fileName(), fault.detail());
            result.add(file.named(named.containsKey(base) ? file.fileName() : base, fault));
        }
        result.sort(Comparator.comparing(PipelineFile::name));
        return List.copyOf(result);
    }
}
