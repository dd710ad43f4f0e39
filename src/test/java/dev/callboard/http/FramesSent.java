package dev.callboard.http;

import dev.callboard.json.Json;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a WebSocket was sent. */
final class FramesSent implements WebSocket.Listener {
    private final List<Map<?, ?>> all = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            all.add((Map<?, ?>) Json.parse(text.toString()));
            text.setLength(0);
        }
        socket.request(1);
        return null;
    }

    /** All of them, in order. */
    List<Map<?, ?>> all() {
        return List.copyOf(all);
    }

    /** Those of a topic, in order. */
    List<Map<?, ?>> of(String topic) {
        return all.stream().filter(frame -> topic.equals(frame.get("topic"))).toList();
    }
}
