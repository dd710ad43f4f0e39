package dev.callboard.sinks;

import dev.callboard.json.Json;
import dev.callboard.net.OutboundAnswer;
import dev.callboard.net.OutboundClient;
import dev.callboard.net.OutboundException;
import dev.callboard.net.OutboundRequest;
import dev.callboard.palette.SecretSource;
import dev.callboard.palette.SecretSource.MissingSecretException;
import dev.callboard.pipelines.SinkConfig.ToWebhook;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Posts a result, signed. Blocks. */
record WebhookSink(OutboundClient client, SecretSource secrets, Clock clock) {
    private static final String TYPE = "content-type";
    private static final String KEY = "idempotency-key";
    private static final String DELIVERY = "callboard-delivery";

    /** The headers that each delivery has, in lower case: a sink has no others of these names. */
    static final Set<String> HEADERS = Set.of(TYPE, KEY, DELIVERY, Signature.HEADER.toLowerCase(Locale.ROOT));

    /** The status of an address that is not to be asked again. */
    private static final int GONE = 410;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long MAX_ANSWER = 1 << 16;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    Attempted deliver(Delivery delivery, ToWebhook to, @Nullable Object value, BooleanSupplier stopped)
            throws InterruptedException {
        byte[] body = Json.writeBytes(body(delivery, value));
        try {
            if (to.secret() == null) {
                return Attempted.refused("The sink names no secret to sign with.");
            }
            String key = secrets.value(to.secret(), delivery.projectId());
            OutboundRequest request =
                    OutboundRequest.of("POST", to.url()).withoutRedirects().within(TIMEOUT, MAX_ANSWER);
            for (Map.Entry<String, String> header : to.headers().entrySet()) {
                request = request.header(header.getKey(), header.getValue());
            }
            request = request.body(OutboundRequest.Body.of(body))
                    .header(TYPE, "application/json")
                    .header(KEY, delivery.id())
                    .header(DELIVERY, delivery.id())
                    .header(Signature.HEADER, Signature.of(key, clock.instant().getEpochSecond(), body));
            try (OutboundAnswer answer = client.open(request, stopped)) {
                return read(answer);
            }
        } catch (MissingSecretException e) {
            return Attempted.failed("It cannot be signed: " + e.getMessage());
        } catch (OutboundException e) {
            String reason = String.valueOf(e.getMessage());
            return e.isPassing() ? Attempted.failed(reason) : Attempted.refused(reason);
        } catch (IOException e) {
            return Attempted.failed("The connection broke: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            return Attempted.refused("The sink's headers cannot be sent: " + e.getMessage());
        }
    }

    private static Attempted read(OutboundAnswer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return Attempted.DELIVERED;
        }
        String reason = "The server answered " + status + ".";
        String wait = answer.header("retry-after").strip();
        return new Attempted(
                reason,
                status == GONE,
                SECONDS.matcher(wait).matches() ? Duration.ofSeconds(Long.parseLong(wait)) : null);
    }

    private static Map<String, @Nullable Object> body(Delivery delivery, @Nullable Object value) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("delivery", delivery.id());
        body.put("task", Map.of("id", delivery.taskId(), "title", delivery.taskTitle()));
        body.put("pipeline", delivery.pipeline());
        body.put("sink", delivery.sink());
        body.put("stages", delivery.outputs().keySet());
        body.put("created_at", delivery.createdAt().toString());
        body.put("output", value);
        return body;
    }
}
