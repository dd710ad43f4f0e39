package dev.callboard.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.metrics.Meters;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of topics that somebody follows, and no longer. */
class FeedFollowersTest {
    private final Vertx vertx = Vertx.vertx();
    private final Feed feed =
            new Feed(vertx, Duration.ofSeconds(15), 10, Meters.none().web());
    private final List<String> abandoned = new ArrayList<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private final class OfTask implements FeedTopic {
        private final String id;

        private OfTask(String id) {
            this.id = id;
        }

        @Override
        public Future<Opening> open(@Nullable Long since, @Nullable String epoch) {
            return Future.succeededFuture(new Opening("e", 0, List.of()));
        }

        @Override
        public void abandoned() {
            abandoned.add(id);
        }
    }

    @Test
    void aTopicIsAbandonedWithItsLastFollower() {
        feed.offerFamily("task", OfTask::new);
        FeedConnection one = connection();
        FeedConnection two = connection();
        feed.subscribed("task:1", one);
        feed.subscribed("task:1", two);
        feed.subscribed("task:2", two);
        feed.unsubscribed("task:1", one);
        assertThat(feed.followed("task:1")).isTrue();
        assertThat(abandoned).isEmpty();
        feed.unsubscribed("task:1", two);
        feed.unsubscribed("task:1", two);
        assertThat(feed.followed("task:1")).isFalse();
        assertThat(feed.followed("task:2")).isTrue();
        assertThat(abandoned).containsExactly("1");
    }

    /** On a socket that nothing comes from. */
    private FeedConnection connection() {
        ServerWebSocket silent = (ServerWebSocket) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServerWebSocket.class},
                (proxy, method, arguments) -> null);
        return new FeedConnection(feed, silent, ByteBuf::release);
    }
}
