package dev.callboard.triggers;

import dev.callboard.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks who signed a request. {@code Callboard-Signature: t=UNIX_SECONDS,v1=HEX} is the HMAC-SHA256 of {@code t.body} and at
 * most five minutes old; {@code X-Hub-Signature-256: sha256=HEX} is that of the body, and needs the id of a delivery beside it.
 */
final class HookSignature {
    static final String HEADER = "callboard-signature";
    static final String HUB_HEADER = "x-hub-signature-256";
    static final Duration OLDEST = Duration.ofMinutes(5);

    private static final List<String> DELIVERIES = List.of("x-github-delivery", "x-gitea-delivery", "x-hub-delivery");

    private HookSignature() {}

    /** The id of a delivery that the sender gave, the same when it sends again. */
    static Optional<String> delivery(Map<String, String> headers) {
        return DELIVERIES.stream()
                .map(headers::get)
                .filter(id -> id != null && !id.isBlank())
                .map(String::valueOf)
                .findFirst();
    }

    /**
     * The signature, which is good for one request. Fails with {@code invalid_signature}.
     *
     * @param headers by lower-case name
     */
    static String require(Map<String, String> headers, byte[] body, String secret, Instant now) {
        String own = headers.get(HEADER);
        String hub = headers.get(HUB_HEADER);
        if (own == null && hub == null) {
            throw refused("It has no Callboard-Signature: t=…,v1=… (or X-Hub-Signature-256).");
        }
        return own == null ? hub(String.valueOf(hub), headers, body, secret) : own(own, body, secret, now);
    }

    private static String own(String header, byte[] body, String secret, Instant now) {
        @Nullable Long time = null;
        List<String> signatures = new ArrayList<>();
        for (String part : header.split(",")) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals("t") && pair[1].matches("\\d{1,12}")) {
                time = Long.valueOf(pair[1]);
            } else if (pair.length == 2 && pair[0].equals("v1")) {
                signatures.add(pair[1].toLowerCase(Locale.ROOT));
            }
        }
        if (time == null || signatures.isEmpty()) {
            throw refused("Callboard-Signature must be t=UNIX_SECONDS,v1=HEX.");
        }
        if (Duration.between(Instant.ofEpochSecond(time), now).abs().compareTo(OLDEST) > 0) {
            throw refused("The signature is from another time than now, by more than 5 minutes.");
        }
        String right = hmac(secret, (time + ".").getBytes(StandardCharsets.UTF_8), body);
        return signatures.stream()
                .filter(given -> same(given, right))
                .findFirst()
                .orElseThrow(() -> refused("The signature does not fit the body."));
    }

    private static String hub(String header, Map<String, String> headers, byte[] body, String secret) {
        String right = hmac(secret, new byte[0], body);
        if (!same(header.strip().toLowerCase(Locale.ROOT), "sha256=" + right)) {
            throw refused("The signature does not fit the body.");
        }
        if (delivery(headers).isEmpty()) {
            throw refused("X-Hub-Signature-256 needs the id of the delivery beside it, such as X-GitHub-Delivery.");
        }
        return right;
    }

    /** In hexadecimal digits. */
    static String hmac(String secret, byte[] before, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(before);
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static ProblemException refused(String why) {
        return ProblemException.unauthorized("invalid_signature", "The request is not signed as it must be. " + why);
    }
}
