package dev.callboard.executors;

import dev.callboard.json.Json;
import dev.callboard.net.HeaderRules;
import dev.callboard.net.OutboundRequest;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code http} stage sends as its body.
 *
 * @param mediaType for the header Content-Type, unless the definition has one
 */
record HttpBody(OutboundRequest.Body bytes, String mediaType) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** @param body {@code {json|form|text|blob}}; null for none */
    static @Nullable HttpBody of(@Nullable Object body, HttpTemplates templates, BlobStore blobs)
            throws StageFailure, IOException {
        if (!(body instanceof Map<?, ?> map) || map.isEmpty()) {
            return null;
        }
        String kind = String.valueOf(map.keySet().iterator().next());
        Object value = map.get(kind);
        return switch (kind) {
            case "json" -> of(Json.write(templates.json(value)), "application/json");
            case "form" ->
                of(
                        templates.form(value instanceof Map<?, ?> form ? form : Map.of()),
                        "application/x-www-form-urlencoded");
            case "text" -> of(templates.text(String.valueOf(value)), "text/plain; charset=utf-8");
            case "blob" -> blob(templates.value(String.valueOf(value)), blobs);
            default -> throw StageFailure.permanent("invalid_body", "The stage's body has no kind '" + kind + "'.");
        };
    }

    private static HttpBody of(String text, String mediaType) {
        return new HttpBody(OutboundRequest.Body.of(text.getBytes(StandardCharsets.UTF_8)), mediaType);
    }

    /** @param named a SHA-256, {@code {blob, media_type}}, or a list of one of them */
    private static HttpBody blob(@Nullable Object named, BlobStore blobs) throws StageFailure, IOException {
        Object one = named instanceof List<?> list && list.size() == 1 ? list.get(0) : named;
        Object sha256 = one instanceof Map<?, ?> map ? map.get("blob") : one;
        String blob = sha256 instanceof String text ? text.strip() : "";
        long size = SHA256.matcher(blob).matches() ? blobs.size(blob) : -1;
        if (size < 0) {
            throw StageFailure.permanent(
                    "no_blob",
                    "The stage's body.blob names no stored file: it must be a SHA-256, or a value with a member 'blob'.");
        }
        String type = one instanceof Map<?, ?> map && map.get("media_type") instanceof String said ? said : "";
        return new HttpBody(
                new OutboundRequest.Body(size, () -> blobs.open(blob)),
                type.isBlank() || HeaderRules.valueFault(type).isPresent() ? "application/octet-stream" : type);
    }
}
