package dev.callboard.sinks;

import dev.callboard.config.SinksConfig;
import dev.callboard.json.JsonPointers;
import dev.callboard.model.EndRules;
import dev.callboard.model.Pipeline;
import dev.callboard.model.PromptTemplate;
import dev.callboard.model.SinkConfig;
import dev.callboard.model.SinkConfig.ToFile;
import dev.callboard.model.SinkConfig.ToWebhook;
import dev.callboard.model.Violation;
import dev.callboard.net.HeaderRules;
import dev.callboard.spi.net.RefusedAddress;
import dev.callboard.spi.net.WebAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What this server makes of the sinks of a pipeline. A folder may be allowed, or made, later, so that one that is not is a warning;
 * a name or an address that can never work is refused.
 */
public final class SinkRules implements EndRules {
    private final SinksConfig config;

    /** Names what it asks. */
    public SinkRules(SinksConfig config) {
        this.config = config;
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
                webhook.headers().forEach((header, value) -> {
                    String at = JsonPointers.member(pointer + "/headers", header);
                    HeaderRules.nameFault(header)
                            .or(() -> HeaderRules.valueFault(value))
                            .ifPresent(fault -> refusals.add(new Violation(at, fault)));
                    if (!PromptTemplate.names(value).isEmpty()) {
                        warnings.add(new Violation(
                                at, "the header '" + header + "' is sent as it is: nothing is filled in there"));
                    }
                });
            }
        }
        return new Found(List.of(), refusals, warnings);
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
