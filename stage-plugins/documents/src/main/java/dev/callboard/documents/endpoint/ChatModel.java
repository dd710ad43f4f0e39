package dev.callboard.documents.endpoint;

import dev.callboard.spi.StageFailure;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A language model that answers messages. */
public interface ChatModel extends AutoCloseable {
    /**
     * A message.
     *
     * @param role {@code system}, {@code user} or {@code assistant}
     */
    record Message(String role, String content) {}

    /**
     * Asks, and waits for the whole answer.
     *
     * @param cancelled asked all the time
     * @return what the model says, possibly empty
     * @throws StageFailure when there is no answer; those that may pass say so
     * @throws InterruptedException when it was cancelled
     */
    String answer(List<Message> messages, BooleanSupplier cancelled) throws StageFailure, InterruptedException;

    @Override
    void close();
}
