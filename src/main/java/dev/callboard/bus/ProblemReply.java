package dev.callboard.bus;

import dev.callboard.json.Json;
import dev.callboard.problem.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** An expected failure on its way back; Vert.x fails the asker's future with this very object. */
final class ProblemReply extends ReplyException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemReply(Problem problem) {
        super(ReplyFailure.RECIPIENT_FAILURE, 400, problem.code());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }

    /** By reference inside a process, as JSON between processes. */
    static final class Codec implements MessageCodec<ProblemReply, ProblemReply> {
        @Override
        public void encodeToWire(Buffer buffer, ProblemReply reply) {
            byte[] json = Json.writeBytes(reply.problem());
            buffer.appendInt(json.length).appendBytes(json);
        }

        @Override
        public ProblemReply decodeFromWire(int position, Buffer buffer) {
            int length = buffer.getInt(position);
            String json = buffer.getString(position + 4, position + 4 + length);
            return new ProblemReply(Json.read(json, Problem.class));
        }

        @Override
        public ProblemReply transform(ProblemReply reply) {
            return reply;
        }

        @Override
        public String name() {
            return "callboard-problem";
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
