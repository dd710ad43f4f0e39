package dev.callboard.feed;

import dev.callboard.bus.Bus;
import dev.callboard.json.Json;
import dev.callboard.registry.RegistryMessages;
import dev.callboard.registry.RegistryMessages.GetPalette;
import dev.callboard.registry.StagesFileStatus;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the server is, as a feed: whether the stages file can be read. Its revisions count from the server's start. */
public final class StatusTopic implements FeedTopic {
    static final String NAME = "status";

    private final Bus bus;
    private final String epoch = UUID.randomUUID().toString();
    private long revision = 1;

    /** Offers the topic, and follows what the server says of itself. */
    public StatusTopic(Bus bus, Feed feed) {
        this.bus = bus;
        feed.offer(NAME, this);
        bus.listen(RegistryMessages.FILE_CHANGED, event -> {
            revision++;
            feed.publish(NAME, revision, frame("updated", event.file()));
        });
    }

    @Override
    public Future<Opening> open(@Nullable Long since, @Nullable String sinceEpoch) {
        return bus.ask(RegistryMessages.PALETTE_GET, new GetPalette())
                .map(reply -> new Opening(epoch, revision, List.of(frame("snapshot", reply.file()))));
    }

    private String frame(String kind, StagesFileStatus file) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("topic", NAME);
        frame.put("kind", kind);
        frame.put("epoch", epoch);
        frame.put("revision", revision);
        frame.put("data", Map.of("stages_file", file));
        return Json.write(frame);
    }
}
