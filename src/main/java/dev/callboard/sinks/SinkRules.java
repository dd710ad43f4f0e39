package dev.callboard.sinks;

import dev.callboard.config.SinksConfig;
import dev.callboard.json.JsonPointers;
import dev.callboard.net.HeaderRules;
import dev.callboard.net.OutboundRules;
import dev.callboard.palette.PromptTemplate;
import dev.callboard.palette.SecretReference;
import dev.callboard.pipelines.EndRules;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.SinkConfig;
import dev.callboard.pipelines.SinkConfig.ToFile;
import dev.callboard.pipelines.SinkConfig.ToWebhook;
import dev.callboard.problem.Violation;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.RefusedAddress;
import dev.callboard.spi.net.WebAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What this server makes of the sinks of a pipeline. A folder may be allowed, or made, later, so that one that is not is a warning;
 * a name or an address that can never work is refused.
 */
public final class SinkRules implements EndRules {
    private final SinksConfig config;
    private final Supplier<AddressRules> network;

    /**
     * Names what it asks.
     *
     * @param network what may be reached now
     */
    public SinkRules(SinksConfig config, Supplier<AddressRules> network) {
        this.config = config;
        this.network = network;
    }

    @Override
    public Found check(Pipeline pipeline) {
        List<Violation> refusals = new ArrayList<>();
        List<Violation> warnings = new ArrayList<>();
        for (int i = 0; i < pipeline.sinks().size(); i++) {
            String pointer = "/sinks/" + i + "/config";
            String name = "the sink '" + pipeline.sinks().get(i).name() + "' ";
            SinkConfig sink = pipeline.sinks().get(i).config();
            if (sink instanceof ToFile file) {
                config.refusal(Path.of(file.path()))
                        .ifPresent(reason ->
                                warnings.add(new Violation(pointer + "/path", name + "delivers nothing: " + reason)));
                refusals.addAll(template(file.name(), pointer + "/name"));
            } else if (sink instanceof ToWebhook webhook) {
                refusals.addAll(address(webhook.url(), pointer + "/url"));
                never(webhook.url())
                        .ifPresent(reason ->
                                warnings.add(new Violation(pointer + "/url", name + "delivers nothing: " + reason)));
                webhook.headers().forEach((header, value) -> {
                    String at = JsonPointers.member(pointer + "/headers", header);
                    nameFault(header)
                            .or(() -> HeaderRules.valueFault(value))
                            .ifPresent(fault -> refusals.add(new Violation(at, fault)));
                    literal(value)
                            .ifPresent(why -> warnings.add(
                                    new Violation(at, "the header '" + header + "' is sent as it is: " + why)));
                });
            }
        }
        return new Found(List.of(), refusals, warnings);
    }

    private Optional<String> never(String url) {
        try {
            return OutboundRules.never(network.get(), WebAddress.parse(url), "sink");
        } catch (RefusedAddress e) {
            // It is refused with that reason.
            return Optional.empty();
        }
    }

    private static Optional<String> nameFault(String header) {
        return HeaderRules.nameFault(header)
                .or(() -> WebhookSink.HEADERS.contains(header.toLowerCase(Locale.ROOT))
                        ? Optional.of("is set by the server itself with each delivery: leave it out")
                        : Optional.empty());
    }

    /** Why a header's value does not mean what it looks like. */
    private static Optional<String> literal(String value) {
        if (!PromptTemplate.names(value).isEmpty()) {
            return Optional.of("nothing is filled in there");
        }
        return Arrays.stream(value.strip().split("\\s+"))
                        .anyMatch(word -> SecretReference.of(word).isPresent())
                ? Optional.of("a reference to a secret stands for the secret in 'secret' alone")
                : Optional.empty();
    }

    private static List<Violation> template(String template, String pointer) {
        List<Violation> faults = new ArrayList<>();
        PromptTemplate.violations(template).forEach(fault -> faults.add(new Violation(pointer, fault.detail())));
        PromptTemplate.names(template).stream()
                .filter(name -> !FileSink.NAMES.contains(name) && !name.equals("input") && !name.startsWith("input."))
                .forEach(name -> faults.add(new Violation(
                        pointer,
                        "names {{" + name + "}}, which never has a value here; known are "
                                + String.join(", ", FileSink.NAMES) + ", input, input.MEMBER")));
        return faults;
    }

    private static List<Violation> address(String url, String pointer) {
        if (!PromptTemplate.names(url).isEmpty()) {
            return List.of(new Violation(
                    pointer, "is used as it is: nothing is filled in there. What is posted names the task"));
        }
        try {
            WebAddress.parse(url);
            return List.of();
        } catch (RefusedAddress e) {
            return List.of(new Violation(pointer, "cannot be used: " + e.getMessage()));
        }
    }
}
