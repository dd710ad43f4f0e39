package dev.callboard.embed.endpoint;

import dev.callboard.embed.model.Embedding;
import dev.callboard.embed.model.EmbeddingModel;
import dev.callboard.endpoint.EndpointFailures;
import dev.callboard.endpoint.GuardedPost;
import dev.callboard.endpoint.PostAnswer;
import dev.callboard.endpoint.PostException;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.HostLookup;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A model behind an endpoint. Nothing is repeated here: a failure that may pass says so, and the stage's policy decides.
 *
 * <p>How long a text may be is the endpoint's matter: it refuses longer ones, or cuts them without a word.
 */
public final class Endpoint implements EmbeddingModel {
    /** Of the JSON of one number. */
    private static final long NUMBER_BYTES = 32;

    private static final long OTHER_BYTES = 64 * 1024;

    private final EndpointConfig config;
    private final EndpointFailures failures;
    private final GuardedPost http;

    /** Connects to nothing yet. */
    public Endpoint(EndpointConfig config, StageContext context) {
        this(config, context, InetAddress::getAllByName);
    }

    /** @param lookup finds the addresses of the endpoint's host */
    Endpoint(EndpointConfig config, StageContext context, HostLookup lookup) {
        this.config = config;
        this.failures = new EndpointFailures(EndpointConfig.WORDS, config.address(), config.apiKey(), config.timeout());
        this.http = new GuardedPost(config.address(), context.network(), context.outbound(), lookup, config.timeout());
    }

    @Override
    public String name() {
        return config.model();
    }

    /**
     * Nobody here sees the model's file: what stands for it is the hash of its address, its name and the dimensions that are
     * asked for, each followed by a line feed.
     */
    @Override
    public String sha256() {
        String identity = config.address() + "\n" + config.model() + "\n" + config.dimensions() + "\n";
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int batchSize() {
        return config.batchSize();
    }

    @Override
    public List<Embedding> embed(List<String> texts, BooleanSupplier cancelled)
            throws StageFailure, InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json");
        if (!config.apiKey().isEmpty()) {
            headers.put("Authorization", "Bearer " + config.apiKey());
        }
        int dimensions = config.dimensions() > 0 ? config.dimensions() : EndpointConfig.MAX_DIMENSIONS;
        long most = OTHER_BYTES + texts.size() * dimensions * NUMBER_BYTES;
        byte[] request = EmbeddingJson.request(config.model(), config.dimensions(), texts);
        PostAnswer answer;
        try {
            answer = http.post(request, headers, most, cancelled);
        } catch (PostException e) {
            throw failures.of(e);
        }
        if (answer.status() != 200) {
            throw failures.status(answer);
        }
        try {
            return EmbeddingJson.answer(answer.body(), texts.size(), config.dimensions());
        } catch (EmbeddingJson.WrongAnswer e) {
            throw failures.wrong(e.getMessage());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
