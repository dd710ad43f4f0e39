package dev.callboard.embed.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.callboard.wordpiece.WordPieceTokenizer;
import dev.callboard.wordpiece.WordPieceTokenizer.Tokens;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * A BERT model whose vectors are the mean over its tokens. Safe for threads, each of which computes a text of its own.
 *
 * <p>One text is computed at a time and by one thread: a quantised model scales its numbers by the largest of all that is
 * computed together, so that a text beside others, or padded to their length, would get another vector.
 */
final class BertEncoder {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final WordPieceTokenizer tokenizer;
    private final int most;

    /**
     * Loads a model.
     *
     * @param onnx the model's file, which may be deleted afterwards
     * @param most the most pieces that it reads of a text
     */
    BertEncoder(OrtEnvironment environment, Path onnx, WordPieceTokenizer tokenizer, int most) throws OrtException {
        this.environment = environment;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            this.session = environment.createSession(onnx.toString(), options);
        }
        this.tokenizer = tokenizer;
        this.most = most;
    }

    Embedding embed(String text) throws OrtException {
        Tokens tokens = tokenizer.encode(text, most);
        long[] ids = Arrays.stream(tokens.ids()).asLongStream().toArray();
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor input = tensor(ids);
                OnnxTensor mask = tensor(ones);
                OnnxTensor types = tensor(new long[ids.length]);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
            return Embedding.of(mean((OnnxTensor) result.get(0), ids.length), tokens.cut());
        }
    }

    private OnnxTensor tensor(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, values.length});
    }

    /** Of one vector for each token, one after the other. */
    private static double[] mean(OnnxTensor states, int tokens) {
        FloatBuffer values = states.getFloatBuffer();
        double[] mean = new double[values.remaining() / tokens];
        for (int token = 0; token < tokens; token++) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += values.get();
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= tokens;
        }
        return mean;
    }
}
