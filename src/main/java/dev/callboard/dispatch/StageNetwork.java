package dev.callboard.dispatch;

import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import dev.callboard.spi.net.Outbound.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/**
 * What stages may connect to, and how.
 *
 * @param rules asked for each attempt
 */
record StageNetwork(Supplier<AddressRules> rules, Outbound outbound) {

    /** What nobody may see of it: the password of the proxy, and as it is sent. */
    List<String> secrets() {
        return outbound.proxy()
                .flatMap(Proxy::login)
                .map(login -> List.of(
                        login.password(),
                        Base64.getEncoder()
                                .encodeToString(
                                        (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8))))
                .orElse(List.of());
    }
}
