package dev.callboard.documents.ingest;

import dev.callboard.documents.input.FailedInputs;
import dev.callboard.documents.input.Payload;
import dev.callboard.documents.input.Settings;
import dev.callboard.documents.input.StageInput;
import dev.callboard.spi.Plural;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Input: the task's input, {@code [{blob, size, media_type, name}]}. Output: {@code [{sha256, size, media_type, name}]},
 * each blob once, in order, its type told from its bytes
 * (that it is Markdown, by its name or declared type); with {@code accept: any} then {@code [{url, name}]}, the addresses
 * for a later stage to fetch. When some of several inputs cannot be taken: {@code {payloads: […], failed: [{name, error}]}}.
 *
 * <p>Settings: {@code max_bytes} (default 50 MiB for each input), {@code accept} ({@code readable}, the default: what parse
 * can read, {@link MediaTypes#PARSEABLE}; {@code any}: files of every type and addresses too; or a list of media types,
 * {@code text/*} works).
 *
 * <p>Failures, all permanent, of one input or, where none can be taken, of the stage: {@code no_input}, {@code not_downloaded} (an address, without {@code accept: any}), {@code empty_input}, {@code missing_blob}, {@code input_too_large},
 * {@code unsupported_media_type}, {@code invalid_settings}.
 */
public final class IngestStage implements Stage {
    /** The default of {@code max_bytes}, here and in parse. */
    public static final long MAX_BYTES = 50L * 1024 * 1024;

    /** The highest {@code max_bytes} that can be set: the bytes of one input are held in memory by parse. */
    public static final long MAX_BYTES_LIMIT = 1L << 30;

    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        Settings settings = new Settings(context.settings());
        long maxBytes = settings.integer("max_bytes", MAX_BYTES, 1, MAX_BYTES_LIMIT);
        Accepted accepted = Accepted.from(settings);
        StageInput.Found found = StageInput.find(context, input);
        List<Payload> given = accepted.any() ? found.payloads() : StageInput.payloads(context, input);
        FailedInputs failed = FailedInputs.before(input);
        boolean alone = given.size() == 1 && found.addresses().isEmpty() && failed.isEmpty();
        Map<String, Payload> taken = new LinkedHashMap<>();
        int done = 0;
        for (Payload payload : given) {
            if (context.cancelled()) {
                throw new InterruptedException("cancelled");
            }
            context.progress(done++, given.size(), payload.shownName());
            if (taken.containsKey(payload.sha256())) {
                context.log(payload.shownName() + " has the same bytes as "
                        + taken.get(payload.sha256()).shownName() + " and is taken once.");
                continue;
            }
            try {
                Payload checked = check(context, payload, maxBytes);
                accepted.require(checked);
                taken.put(checked.sha256(), checked);
                context.log(checked.shownName() + ": " + checked.mediaType() + ", " + Plural.of(checked.size(), "byte")
                        + ".");
            } catch (StageFailure failure) {
                if (alone) {
                    throw failure;
                }
                failed.add(payload, failure);
                context.log(failure.getMessage());
            }
        }
        context.progress(given.size(), given.size(), null);
        List<Object> output = new ArrayList<>();
        taken.values().forEach(payload -> output.add(payload.toMap()));
        found.addresses().stream().distinct().forEach(address -> {
            context.log(address.url() + " is passed on: it is not downloaded yet.");
            output.add(address.toMap());
        });
        if (output.isEmpty()) {
            throw failed.all("unsupported_input");
        }
        return failed.isEmpty() ? output : failed.withFailed("payloads", output);
    }

    private static Payload check(StageContext context, Payload payload, long maxBytes)
            throws IOException, StageFailure {
        long size = context.blobs().size(payload.sha256());
        if (size < 0) {
            throw StageFailure.permanent(
                    "missing_blob", payload.shownName() + " is not in the content store: upload it again.");
        }
        if (size == 0) {
            throw StageFailure.permanent("empty_input", payload.shownName() + " is empty.");
        }
        if (size > maxBytes) {
            throw StageFailure.permanent(
                    "input_too_large",
                    payload.shownName() + " has " + Plural.of(size, "byte") + "; this stage takes at most " + maxBytes
                            + " (setting max_bytes).");
        }
        byte[] head;
        try (InputStream bytes = context.blobs().open(payload.sha256())) {
            head = bytes.readNBytes(MediaTypes.HEAD);
        }
        String type = MediaTypes.of(head, payload);
        return new Payload(payload.sha256(), size, type, payload.name());
    }
}
