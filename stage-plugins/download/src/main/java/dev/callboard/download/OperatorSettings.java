package dev.callboard.download;

import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.AddressRules;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the server's operator sets for this plugin; a pipeline cannot widen it.
 *
 * @param rules the server's, and what the operator adds to them for this plugin
 * @param connectTimeout the longest wait for a connection
 * @param idleTimeout the longest silence of a server
 */
record OperatorSettings(AddressRules rules, String userAgent, Duration connectTimeout, Duration idleTimeout) {
    static OperatorSettings from(Map<String, Object> values, AddressRules server) throws StageFailure {
        SettingValues settings = SettingValues.ofPlugin(values);
        String userAgent = settings.text("user_agent", "callboard-download/0.1.0");
        if (userAgent.isEmpty() || !userAgent.chars().allMatch(each -> each >= 0x20 && each < 0x7F)) {
            throw settings.wrong("user_agent", "must be printable ASCII");
        }
        return new OperatorSettings(
                rules(settings, server),
                userAgent,
                Duration.ofSeconds(settings.integer("connect_timeout_seconds", 10, 1, 300)),
                Duration.ofSeconds(settings.integer("idle_timeout_seconds", 30, 1, 600)));
    }

    private static AddressRules rules(SettingValues settings, AddressRules server) throws StageFailure {
        List<String> allow = settings.texts("allow");
        List<String> deny = settings.texts("deny");
        Set<Integer> ports = ports(settings);
        return with(settings, "deny", with(settings, "allow", server, allow, List.of(), ports), List.of(), deny, ports);
    }

    private static AddressRules with(
            SettingValues settings,
            String key,
            AddressRules rules,
            List<String> allow,
            List<String> deny,
            Set<Integer> ports)
            throws StageFailure {
        try {
            return rules.with(allow, deny, ports);
        } catch (IllegalArgumentException e) {
            throw settings.wrong(key, "is wrong: " + e.getMessage());
        }
    }

    private static Set<Integer> ports(SettingValues settings) throws StageFailure {
        Object value = settings.values().get("ports");
        if (value == null) {
            return AddressRules.USUAL_PORTS;
        }
        Set<Integer> ports = new HashSet<>();
        for (Object port : value instanceof List<?> list ? list : List.of(value)) {
            if (!(port instanceof Number number)
                    || number.doubleValue() != number.intValue()
                    || number.intValue() < 1
                    || number.intValue() > 65535) {
                throw settings.wrong("ports", "must be a list of ports from 1 to 65535");
            }
            ports.add(number.intValue());
        }
        return ports;
    }
}
