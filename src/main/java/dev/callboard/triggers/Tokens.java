package dev.callboard.triggers;

import dev.callboard.hash.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/** The ends of webhooks' addresses, and the names under which they are found. */
final class Tokens {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Tokens() {}

    /** A new one, of letters, digits, {@code -} and {@code _}. */
    static String fresh() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The SHA-256 in hexadecimal digits, which says nothing about the token. */
    static String hash(String text) {
        return Sha256.hex(text);
    }

    /** What a token is sealed as. */
    static String sealedAs(String triggerId) {
        return "trigger/" + triggerId;
    }
}
