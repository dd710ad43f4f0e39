package dev.callboard.tasks;

import dev.callboard.pipelines.AddressRules;
import dev.callboard.problem.MediaTypes;
import dev.callboard.problem.Names;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.spi.BlobStore;
import dev.callboard.store.BlobFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what a request calls its input into what stages get. Blocks. */
final class TaskInputs {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]{1,64}/[a-z0-9!#$&^_.+-]{1,128}");

    /** The member that distinguishes a text that was given as one from a file that holds one. */
    private static final String GIVEN_AS = "given_as";

    private static final String TEXT = "text";

    private final BlobStore blobs;

    TaskInputs(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * {@code {blob, size, media_type, name}} maps, with {@code given_as: "text"} for texts, and {@code {url, name}} for addresses. Fails with {@code invalid_task}
     * when a blob is missing, with {@code storage_full} or {@code blob_too_large} when a text cannot be kept, with
     * {@code blob_damaged} when a blob's file is not what was stored.
     */
    List<Map<String, Object>> store(List<NewTask.Input> inputs) throws IOException {
        List<Map<String, Object>> stored = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            NewTask.Input input = inputs.get(i);
            if (input.url() != null) {
                stored.add(address(input, input.url()));
                continue;
            }
            String name = Objects.requireNonNullElse(
                    input.name(), input.text() == null ? "input-" + (i + 1) : "text-" + (i + 1) + ".txt");
            String blob = input.text() == null ? Objects.requireNonNull(input.blob()) : put(input.text());
            long size = SHA256.matcher(blob).matches() ? blobs.size(blob) : -1;
            if (size < 0) {
                violations.add(
                        new Violation("/input/" + i + "/blob", "there is no blob '" + blob + "'; upload it first"));
                continue;
            }
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("blob", blob);
            item.put("size", size);
            item.put("media_type", mediaType(input, name, blob));
            item.put("name", Names.fileName(name));
            if (input.text() != null) {
                item.put(GIVEN_AS, TEXT);
            }
            stored.add(item);
        }
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(
                    "invalid_task",
                    "The task cannot be created: " + violations.get(0).sentence(),
                    violations);
        }
        return stored;
    }

    private String put(String text) throws IOException {
        try {
            return blobs.put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw explained(e);
        }
    }

    private static IOException explained(IOException failure) {
        if (BlobFolder.explain(failure) instanceof ProblemException problem) {
            throw problem;
        }
        return failure;
    }

    private static Map<String, Object> address(NewTask.Input input, String url) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("url", url);
        item.put("name", Names.fileName(input.name() == null ? AddressRules.name(url) : input.name()));
        if (isMediaType(input.mediaType())) {
            item.put("media_type", Objects.requireNonNull(input.mediaType()));
        }
        return item;
    }

    private static boolean isMediaType(@Nullable String text) {
        return text != null && MEDIA_TYPE.matcher(text).matches();
    }

    private String mediaType(NewTask.Input input, String name, String blob) throws IOException {
        if (isMediaType(input.mediaType())) {
            return Objects.requireNonNull(input.mediaType());
        }
        try (InputStream bytes = blobs.open(blob)) {
            byte[] head = bytes.readNBytes(MediaTypes.HEAD);
            return input.text() == null ? MediaTypes.detect(name, head) : MediaTypes.ofText(name, head);
        } catch (IOException e) {
            throw explained(e);
        }
    }
}
