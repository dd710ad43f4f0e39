package dev.callboard.feed;

import dev.callboard.bus.Bus;
import dev.callboard.json.Json;
import dev.callboard.palette.Palette;
import dev.callboard.palette.PaletteChange;
import dev.callboard.palette.StageDefinitionWriter;
import dev.callboard.registry.RegistryMessages;
import dev.callboard.registry.RegistryMessages.ChangesReply;
import dev.callboard.registry.RegistryMessages.GetChanges;
import dev.callboard.registry.RegistryMessages.GetPalette;
import dev.callboard.registry.RegistryMessages.PaletteChanged;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The palette as a feed: a snapshot, then each change. */
public final class PaletteTopic implements FeedTopic {
    static final String NAME = "palette";

    /** A client that is further behind is better served by a snapshot. */
    private static final int MAX_RESUMED = 2_000;

    private final Bus bus;
    private String snapshot = "";
    private String snapshotOf = "";

    /** Offers the topic, and follows the palette. */
    public PaletteTopic(Bus bus, Feed feed) {
        this.bus = bus;
        feed.offer(NAME, this);
        bus.listen(RegistryMessages.PALETTE_CHANGED, event -> publish(feed, event));
    }

    private static void publish(Feed feed, PaletteChanged event) {
        if (feed.followed(NAME)) {
            event.changes().forEach(change -> feed.publish(NAME, change.revision(), frame(change)));
        }
    }

    @Override
    public Future<Opening> open(@Nullable Long since, @Nullable String epoch) {
        if (since == null || epoch == null) {
            return snapshot();
        }
        return bus.ask(RegistryMessages.PALETTE_CHANGES, new GetChanges(epoch, since))
                .compose(reply -> resume(reply, since, epoch));
    }

    private Future<Opening> resume(ChangesReply reply, long since, String epoch) {
        List<PaletteChange> changes = reply.changes();
        if (changes == null || changes.size() > MAX_RESUMED) {
            return snapshot();
        }
        long revision =
                changes.isEmpty() ? since : changes.get(changes.size() - 1).revision();
        return Future.succeededFuture(new Opening(
                epoch, revision, changes.stream().map(PaletteTopic::frame).toList()));
    }

    private Future<Opening> snapshot() {
        return bus.ask(RegistryMessages.PALETTE_GET, new GetPalette()).map(reply -> {
            Palette palette = reply.palette();
            String of = palette.epoch() + "-" + palette.revision();
            if (!of.equals(snapshotOf)) {
                snapshot = Json.write(PaletteBody.snapshotFrame(palette));
                snapshotOf = of;
            }
            return new Opening(palette.epoch(), palette.revision(), List.of(snapshot));
        });
    }

    private static String frame(PaletteChange change) {
        Map<String, @Nullable Object> frame = new LinkedHashMap<>();
        frame.put("topic", NAME);
        frame.put("kind", change.kind().word());
        frame.put("revision", change.revision());
        frame.put("stage", StageDefinitionWriter.entry(change.entry()));
        return Json.write(frame);
    }
}
