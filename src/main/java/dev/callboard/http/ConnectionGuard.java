package dev.callboard.http;

import dev.callboard.json.Json;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a connection may do to the server before any request is seen: the head of each request has {@value #HEAD_SECONDS} s, or
 * a byte now and then would keep the connection open for ever; requests that are sent without waiting for answers are taken one
 * at a time, in order, and no more is read while {@value #MOST_WAITING} wait; a body whose chunks cannot be read is answered
 * with 400 before the connection is closed. With the first frame of a WebSocket it goes, and with it what writes answers in pieces:
 * whatever stands in the way of a frame costs some of every change for every client that follows it.
 */
final class ConnectionGuard extends ChannelDuplexHandler {
    private static final int HEAD_SECONDS = 10;
    private static final int MOST_WAITING = 256;

    private static final String GUARD = "connectionGuard";
    private static final String DEADLINE = "headDeadline";

    /** Of Vert.x, which leaves it when a connection becomes a WebSocket. */
    static final String PIECES = "chunkedWriter";

    private final Queue<Object> waiting = new ArrayDeque<>();
    private final int headSeconds;
    private boolean answering;
    private boolean answerBegun;
    private boolean inRequest;
    private boolean readLater;
    private @Nullable ScheduledFuture<?> deadline;

    private ConnectionGuard(int headSeconds) {
        this.headSeconds = headSeconds;
    }

    /** Guards a connection from its first byte. */
    static void guard(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            guard(base.channel().pipeline());
        }
    }

    /** Guards a pipeline that has Vert.x's handlers of HTTP. */
    static void guard(ChannelPipeline pipeline) {
        add(pipeline, new ConnectionGuard(HEAD_SECONDS));
    }

    private static void add(ChannelPipeline pipeline, ConnectionGuard guard) {
        pipeline.addAfter("httpEncoder", GUARD, guard);
        pipeline.addFirst(DEADLINE, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object bytes) {
                guard.bytes(context);
                context.fireChannelRead(bytes);
            }
        });
        guard.bytes(pipeline.firstContext());
    }

    /** Something comes: when it is the begin of a head, the rest must follow. */
    private void bytes(ChannelHandlerContext context) {
        if (!inRequest && deadline == null) {
            deadline = context.executor().schedule(() -> context.close(), headSeconds, TimeUnit.SECONDS);
        }
    }

    private void headIsThere() {
        inRequest = true;
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            headIsThere();
        }
        if (message instanceof LastHttpContent) {
            inRequest = false;
        }
        if (!(message instanceof HttpObject part)) {
            headIsThere();
            leave(context);
            context.fireChannelRead(message);
        } else if (!waiting.isEmpty() || (answering && message instanceof HttpRequest)) {
            waiting.add(message);
        } else if (!(message instanceof HttpRequest) && part.decoderResult().isFailure()) {
            unreadable(context, message);
        } else {
            pass(context, message);
        }
    }

    /** What was written and not sent yet may wait in one of the handlers: they stay until the next frame when it cannot be sent. */
    private void leave(ChannelHandlerContext context) {
        ChannelPipeline pipeline = context.pipeline();
        pipeline.flush();
        if (waiting.isEmpty() && !readLater && context.channel().isWritable()) {
            for (String name : List.of(DEADLINE, GUARD, PIECES)) {
                if (pipeline.get(name) != null) {
                    pipeline.remove(name);
                }
            }
        }
    }

    private void pass(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            answering = true;
            answerBegun = false;
        }
        context.fireChannelRead(message);
    }

    private void unreadable(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
        if (answerBegun) {
            context.close();
            return;
        }
        ByteBuf body = Unpooled.wrappedBuffer(Json.writeBytes(Problems.body(
                400, "invalid_request", "The chunks of the body cannot be read.", List.of(), Requests.newId())));
        DefaultFullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST, body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, Problems.MEDIA_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        answerBegun = true;
        context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean last = message instanceof LastHttpContent;
        if (message instanceof HttpResponse response) {
            boolean interim =
                    response.status().code() < 200 && response.status().code() != 101;
            answerBegun |= !interim;
            last &= !interim;
        }
        context.write(message, promise);
        if (last) {
            answering = false;
            if (!waiting.isEmpty()) {
                // Not within this write: the answer has to leave first.
                context.executor().execute(() -> next(context));
            }
        }
    }

    private void next(ChannelHandlerContext context) {
        while (!waiting.isEmpty() && !(answering && waiting.peek() instanceof HttpRequest)) {
            Object message = waiting.remove();
            if (message instanceof HttpObject part
                    && !(message instanceof HttpRequest)
                    && part.decoderResult().isFailure()) {
                unreadable(context, message);
            } else {
                pass(context, message);
            }
        }
        context.fireChannelReadComplete();
        if (readLater && waiting.size() < MOST_WAITING) {
            readLater = false;
            context.read();
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (waiting.size() < MOST_WAITING) {
            context.read();
        } else {
            readLater = true;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        headIsThere();
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        context.fireChannelInactive();
    }
}
