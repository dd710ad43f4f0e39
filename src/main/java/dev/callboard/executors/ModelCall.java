package dev.callboard.executors;

import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request to a model. What the answer's threads hear is handed over to the stage's own, which waits for it here. */
final class ModelCall implements StreamingChatResponseHandler {
    /** The longest answer. */
    static final int MAX_CHARACTERS = 1 << 20;

    private static final long CANCELLED_AFTER_MS = 200;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private sealed interface Event {
        record Text(String text) implements Event {}

        record Complete(ChatResponse response) implements Event {}

        record Failed(Throwable failure) implements Event {}

        /** Nothing more comes, whether the answer was understood as complete or not. */
        record Ended() implements Event {}
    }

    private ModelCall() {}

    /**
     * Asks and waits for the whole answer; its lines are in the log as they come.
     *
     * @param usage is given the tokens, if the model reports them, whether the answer is good or not
     * @return the answer's text
     * @throws StageFailure when there is no complete answer
     * @throws InterruptedException when the stage is to end; the request ends with it
     */
    static String ask(
            ModelRequest request, List<ChatMessage> messages, StageContext context, Consumer<TokenUsage> usage)
            throws StageFailure, InterruptedException, IOException {
        ModelCall call = new ModelCall();
        ModelFailures failures = request.model().provider();
        LogLines lines = new LogLines(context::log, failures.key());
        try (ModelHttp requests =
                new ModelHttp(request.model().http(), failures, () -> call.events.add(new Event.Ended()))) {
            call.send(requests, request, messages);
            return call.answer(request, context, lines, usage);
        } finally {
            lines.end();
        }
    }

    /** What is thrown here may name the header that has the key, so it is reported as any other failure. */
    private void send(ModelHttp requests, ModelRequest request, List<ChatMessage> messages) {
        try {
            ChatModels.of(request, requests)
                    .chat(ChatRequest.builder().messages(messages).build(), this);
        } catch (RuntimeException e) {
            events.add(new Event.Failed(e));
        }
    }

    private String answer(ModelRequest request, StageContext context, LogLines lines, Consumer<TokenUsage> usage)
            throws StageFailure, InterruptedException {
        ModelFailures failures = request.model().provider();
        long end = System.nanoTime() + failures.config().timeout().toNanos();
        StringBuilder text = new StringBuilder();
        while (true) {
            Event event = next(end, failures, context);
            if (event instanceof Event.Text part) {
                text.append(part.text());
                if (text.length() > MAX_CHARACTERS) {
                    throw failures.tooLong(MAX_CHARACTERS);
                }
                lines.add(part.text());
                context.progress(text.length(), 0, "characters of the answer");
            } else if (event instanceof Event.Complete complete) {
                TokenUsage tokens = complete.response().tokenUsage();
                if (tokens != null) {
                    usage.accept(tokens);
                }
                check(complete.response().finishReason(), request);
                return text.toString();
            } else if (event instanceof Event.Failed failed) {
                throw failures.of(failed.failure());
            } else {
                throw failures.truncated();
            }
        }
    }

    private Event next(long end, ModelFailures failures, StageContext context)
            throws StageFailure, InterruptedException {
        while (true) {
            if (context.cancelled()) {
                throw new InterruptedException("the stage was cancelled");
            }
            long leftMs = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (leftMs <= 0) {
                throw failures.timeout(failures.config().timeout());
            }
            Event event = events.poll(Math.min(leftMs, CANCELLED_AFTER_MS), TimeUnit.MILLISECONDS);
            if (event != null) {
                return event;
            }
        }
    }

    /** Every provider says why its model stopped; a stream without that was cut. */
    private static void check(@Nullable FinishReason reason, ModelRequest request) throws StageFailure {
        ModelFailures failures = request.model().provider();
        if (reason == null) {
            throw failures.truncated();
        }
        if (reason == FinishReason.LENGTH) {
            throw failures.outOfTokens(request.maxOutputTokens());
        }
        if (reason == FinishReason.CONTENT_FILTER) {
            throw failures.filtered();
        }
    }

    @Override
    public void onPartialResponse(String text) {
        events.add(new Event.Text(text));
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        events.add(new Event.Complete(response));
    }

    @Override
    public void onError(Throwable failure) {
        events.add(new Event.Failed(failure));
    }
}
