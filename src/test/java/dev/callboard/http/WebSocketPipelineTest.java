package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.stream.ChunkedWriteHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands in the way of the frames of a WebSocket, in Netty's pipeline. */
class WebSocketPipelineTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void guard() {
        channel.pipeline().addLast("httpEncoder", new ChannelInboundHandlerAdapter());
        channel.pipeline().addLast(ConnectionGuard.PIECES, new ChunkedWriteHandler());
        ConnectionGuard.guard(channel.pipeline());
        channel.writeInbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/ws"));
        channel.releaseInbound();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void nothingOfHttpIsLeftFromTheFirstFrameOn() {
        assertThat(channel.pipeline().names()).contains("connectionGuard", "headDeadline", ConnectionGuard.PIECES);
        TextWebSocketFrame frame = new TextWebSocketFrame("first");
        channel.writeInbound(frame);
        assertThat(channel.<Object>readInbound()).isSameAs(frame);
        assertThat(channel.pipeline().names())
                .doesNotContain("connectionGuard", "headDeadline", ConnectionGuard.PIECES);
        TextWebSocketFrame next = new TextWebSocketFrame("next");
        channel.writeInbound(next);
        assertThat(channel.<Object>readInbound()).isSameAs(next);
        frame.release();
        next.release();
    }

    /** Vert.x writes without sending while it reads. */
    @Test
    void whatWasWrittenBeforeIsSentFirst() {
        channel.write(Unpooled.copiedBuffer(new byte[] {1}));
        assertThat(channel.outboundMessages()).isEmpty();
        channel.writeInbound(new TextWebSocketFrame("first"));
        channel.writeOutbound(Unpooled.copiedBuffer(new byte[] {2, 2}));
        assertThat(channel.outboundMessages()).hasSize(2);
        assertThat(channel.<ByteBuf>readOutbound().readableBytes()).isEqualTo(1);
        channel.releaseInbound();
    }
}
