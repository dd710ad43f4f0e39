package dev.callboard.config;

import dev.callboard.spi.Forms;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import dev.callboard.spi.net.Outbound.Login;
import dev.callboard.spi.net.Outbound.Proxy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the server may connect to, and how: for {@code http} stages, downloads, webhooks and models alike.
 *
 * @param allow hosts and networks that may be reached although they are not public, each with a port or for any. Default none
 * @param proxy through which public addresses are reached, with its login. Default null: none
 * @param proxyPasswordVariable the name of the environment variable with the password of that login. Default empty
 * @param authorities certificates that are trusted beside those of the Java runtime. Default none
 * @param timeout how long one request may take, its answer included. Default 60 s
 * @param answerBytes the longest answer. Default 100 MiB
 */
public record NetworkConfig(
        List<String> allow,
        @Nullable Proxy proxy,
        String proxyPasswordVariable,
        List<X509Certificate> authorities,
        Duration timeout,
        long answerBytes) {
    private static final Pattern PROXY =
            Pattern.compile("http://(\\[(?<six>[0-9A-Fa-f:.]+)\\]|(?<name>[A-Za-z0-9._-]+)):(?<port>[0-9]{1,5})/?");

    /** Copies. */
    public NetworkConfig {
        allow = List.copyOf(allow);
        authorities = List.copyOf(authorities);
    }

    /** How stages and the server connect. */
    public Outbound outbound() {
        return new Outbound(Optional.ofNullable(proxy), authorities);
    }

    static NetworkConfig from(ConfigValues config) {
        return new NetworkConfig(
                allow(config),
                proxy(config),
                config.text(ConfigKey.NETWORK_PROXY_PASSWORD_ENV),
                authorities(config),
                Duration.ofSeconds(config.number(ConfigKey.NETWORK_TIMEOUT_SECONDS, 1, 3_600)),
                config.number(ConfigKey.NETWORK_ANSWER_BYTES, 1_024, 1L << 40));
    }

    private static List<String> allow(ConfigValues config) {
        List<String> allow = config.list(ConfigKey.NETWORK_ALLOW);
        try {
            return new AddressRules(allow, List.of(), Set.of()).allow();
        } catch (IllegalArgumentException e) {
            config.wrong(
                    ConfigKey.NETWORK_ALLOW,
                    "must be hosts and networks, each with a port or without, such as files.example.org:9000 and"
                            + " 10.1.0.0/16; " + e.getMessage());
            return List.of();
        }
    }

    private static @Nullable Proxy proxy(ConfigValues config) {
        String text = config.text(ConfigKey.NETWORK_PROXY);
        if (text.isEmpty()) {
            for (ConfigKey key : List.of(ConfigKey.NETWORK_PROXY_USER, ConfigKey.NETWORK_PROXY_PASSWORD_ENV)) {
                if (!config.text(key).isEmpty()) {
                    config.hidden(key, "is of no use without network.proxy: set that too, or remove this");
                }
            }
            return null;
        }
        Matcher matcher = PROXY.matcher(text);
        int port = matcher.matches() ? Integer.parseInt(matcher.group("port")) : 0;
        if (port < 1 || port > 65_535) {
            // It may have a password in it, so it is not repeated.
            config.hidden(
                    ConfigKey.NETWORK_PROXY,
                    "must be an address such as http://proxy.example.org:3128, without user and password; they are network.proxy_user and network.proxy_password_env");
            return null;
        }
        return new Proxy(
                matcher.group("six") == null ? matcher.group("name") : matcher.group("six"), port, login(config));
    }

    /** The password is in a variable of the environment, whose name alone stands in the file. */
    private static Optional<Login> login(ConfigValues config) {
        String user = config.text(ConfigKey.NETWORK_PROXY_USER);
        String variable = config.text(ConfigKey.NETWORK_PROXY_PASSWORD_ENV);
        if (user.isEmpty() && variable.isEmpty()) {
            return Optional.empty();
        }
        if (user.isEmpty() || user.contains(":") || user.chars().anyMatch(Character::isISOControl)) {
            config.wrong(ConfigKey.NETWORK_PROXY_USER, "must be the user of the proxy, without a colon");
        }
        if (!Forms.VARIABLE.matcher(variable).matches()) {
            config.hidden(
                    ConfigKey.NETWORK_PROXY_PASSWORD_ENV,
                    "must name the environment variable that holds the password of the proxy");
            return Optional.empty();
        }
        String password = config.variable(variable);
        if (password.isEmpty()) {
            config.wrong(
                    ConfigKey.NETWORK_PROXY_PASSWORD_ENV,
                    "names the environment variable " + variable + ", which is not set");
            return Optional.empty();
        }
        return Optional.of(new Login(user, password));
    }

    private static List<X509Certificate> authorities(ConfigValues config) {
        List<X509Certificate> authorities = new ArrayList<>();
        if (config.text(ConfigKey.NETWORK_CA_FILE).isEmpty()) {
            return authorities;
        }
        try (InputStream pem = Files.newInputStream(config.path(ConfigKey.NETWORK_CA_FILE))) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                authorities.add((X509Certificate) each);
            }
            if (authorities.isEmpty()) {
                config.wrong(ConfigKey.NETWORK_CA_FILE, "must have certificates in it, as PEM");
            }
        } catch (IOException e) {
            config.wrong(ConfigKey.NETWORK_CA_FILE, "must be a file that the server can read");
        } catch (CertificateException e) {
            config.wrong(ConfigKey.NETWORK_CA_FILE, "must have certificates in it, as PEM");
        }
        return authorities;
    }
}
