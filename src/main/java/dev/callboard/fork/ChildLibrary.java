package dev.callboard.fork;

import dev.callboard.json.JsonShape;
import dev.callboard.json.JsonShape.WrongShapeException;
import dev.callboard.spi.Library;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server's library, as a stage in another process sees it. */
final class ChildLibrary implements Library {
    private final ChildCalls calls;
    private final long run;

    ChildLibrary(ChildCalls calls, long run) {
        this.calls = calls;
        this.run = run;
    }

    @Override
    public void put(Part part) throws IOException {
        ask("library_put", Map.of("part", shaped(WireLibrary.map(part))));
    }

    @Override
    public Optional<Part> part(String docId, String name) throws IOException {
        Object found = ask("library_part", Map.of("doc_id", docId, "part", name));
        return found instanceof Map<?, ?>
                ? Optional.of(WireLibrary.part(ChildContext.frozen(found)))
                : Optional.empty();
    }

    @Override
    public List<Part> parts(String name) throws IOException {
        List<?> found = ask("library_parts", Map.of("part", name)) instanceof List<?> list ? list : List.of();
        return found.stream()
                .map(part -> WireLibrary.part(ChildContext.frozen(part)))
                .toList();
    }

    @Override
    public long revision() throws IOException {
        return ask("library_revision", Map.of()) instanceof Number number ? number.longValue() : 0;
    }

    @Override
    public void say(String docId, Statements statements) throws IOException {
        ask("library_say", Map.of("doc_id", docId, "statements", shaped(WireLibrary.map(statements))));
    }

    private @Nullable Object ask(String name, Map<String, ? extends @Nullable Object> arguments) throws IOException {
        return calls.ask(run, name, arguments).head().get("value");
    }

    @SuppressWarnings("NullAway") // A map is no null.
    private static Object shaped(Map<String, ? extends @Nullable Object> map) {
        try {
            return JsonShape.copy(map, JsonShape.MAX_TEXT);
        } catch (WrongShapeException e) {
            throw new IllegalArgumentException("what the library is given: " + e.getMessage(), e);
        }
    }
}
