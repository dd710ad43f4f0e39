package dev.callboard.pipelines;

import dev.callboard.palette.SecretReference;
import dev.callboard.palette.SecretSource;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.SinkConfig.ToWebhook;
import dev.callboard.pipelines.SourceConfig.Webhook;
import dev.callboard.problem.Fields;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Checks what pipelines say of secrets. */
public final class SecretRules {
    private SecretRules() {}

    /** Secrets that a pipeline names and that nobody could have now, each with its pointer. */
    public static List<Violation> missing(Pipeline pipeline, StageResolver resolver, SecretSource secrets) {
        List<Violation> missing = new ArrayList<>();
        BiConsumer<String, @Nullable Object> look = (pointer, value) -> SecretReference.of(value)
                .flatMap(secrets::missing)
                .ifPresent(reason -> missing.add(new Violation(pointer, reason)));
        for (int i = 0; i < pipeline.stages().size(); i++) {
            StageTemplate stage = pipeline.stages().get(i);
            for (Setting setting : resolver.settings(stage.type())) {
                if (setting.type() == Setting.Type.SECRET) {
                    look.accept(
                            "/stages/" + i + "/config/" + Fields.escape(setting.key()),
                            stage.config().get(setting.key()));
                }
            }
        }
        for (int i = 0; i < pipeline.sources().size(); i++) {
            if (pipeline.sources().get(i).config() instanceof Webhook webhook) {
                look.accept("/sources/" + i + "/config/hmac_secret", text(webhook.hmacSecret()));
            }
        }
        for (int i = 0; i < pipeline.sinks().size(); i++) {
            if (pipeline.sinks().get(i).config() instanceof ToWebhook webhook) {
                look.accept("/sinks/" + i + "/config/secret", text(webhook.secret()));
            }
        }
        return missing;
    }

    private static @Nullable String text(@Nullable SecretReference reference) {
        return reference == null ? null : reference.toString();
    }
}
