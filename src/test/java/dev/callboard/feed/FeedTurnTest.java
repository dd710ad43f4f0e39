package dev.callboard.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes that go out together. */
class FeedTurnTest {
    private static final WebSocketDecoderConfig OF_A_CLIENT = WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(false)
            .maxFramePayloadLength(1 << 20)
            .build();

    private final FeedTurn turn = new FeedTurn();

    @Test
    void eachChangeIsAFrameOfItsOwnWhateverItsLength() {
        List<String> texts = List.of("{}", "é€🎛".repeat(14), "x".repeat(125), "x".repeat(126), "y".repeat(65_536));
        for (int i = 0; i < texts.size(); i++) {
            turn.add(new FeedChange(i + 1, texts.get(i)));
        }
        assertThat(received()).isEqualTo(texts);
        assertThat(received()).as("for the next client").isEqualTo(texts);
    }

    @Test
    void whatOneClientHasWrittenIsStillThereForTheNext() {
        turn.add(new FeedChange(1, "a text"));
        ByteBuf one = turn.frames();
        ByteBuf next = turn.frames();
        int size = next.readableBytes();
        // As a socket that takes a part of it, and then the rest.
        ByteBuffer written = one.internalNioBuffer(0, size);
        next.internalNioBuffer(0, size);
        written.position(3);
        one.skipBytes(size);
        one.release();
        assertThat(next.internalNioBuffer(0, size).remaining()).isEqualTo(size);
        assertThat(written.remaining()).isEqualTo(size - 3);
        assertThat(next.isDirect()).as("else each socket copies it").isTrue();
        assertThat(received()).containsExactly("a text");
    }

    private List<String> received() {
        EmbeddedChannel client = new EmbeddedChannel(new WebSocket13FrameDecoder(OF_A_CLIENT));
        client.writeInbound(Unpooled.copiedBuffer(turn.frames()));
        List<String> texts = new ArrayList<>();
        for (TextWebSocketFrame frame = client.readInbound(); frame != null; frame = client.readInbound()) {
            texts.add(frame.text());
            frame.release();
        }
        client.finishAndReleaseAll();
        return texts;
    }

    @Test
    void whoHasWhatCameBeforeTakesAllAtOnce() {
        turn.add(new FeedChange(8, "eight"));
        turn.add(new FeedChange(9, "nine"));
        FeedSubscription subscription = at(7);
        assertThat(subscription.take(turn)).isTrue();
        assertThat(subscription.revision()).isEqualTo(9);
        assertThat(subscription.take(turn)).as("twice").isFalse();
    }

    @Test
    void whoHasAnotherRevisionOrIsBehindTakesThemOneByOneOrNot() {
        turn.add(new FeedChange(8, "eight"));
        turn.add(new FeedChange(9, "nine"));
        assertThat(at(6).take(turn)).as("misses one before").isFalse();
        assertThat(at(8).take(turn)).as("has the first").isFalse();
        FeedSubscription opening = at(7);
        opening.begin();
        assertThat(opening.take(turn)).as("is fetching").isFalse();
        FeedSubscription behind = at(7);
        behind.take(8, true);
        assertThat(behind.take(turn)).as("did not read").isFalse();
    }

    @Test
    void changesWithAGapAreNotTakenAtOnce() {
        turn.add(new FeedChange(8, "eight"));
        turn.add(new FeedChange(10, "ten"));
        assertThat(at(7).take(turn)).isFalse();
    }

    private static FeedSubscription at(long revision) {
        FeedSubscription subscription = new FeedSubscription((since, epoch) -> Future.failedFuture("not asked"));
        subscription.begin();
        subscription.opened(new FeedTopic.Opening("e", revision, List.of()));
        return subscription;
    }
}
