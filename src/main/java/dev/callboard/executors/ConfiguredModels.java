package dev.callboard.executors;

import dev.callboard.config.ModelProvider;
import dev.callboard.config.ModelsConfig;
import dev.callboard.net.OutboundClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models that {@code prompt} stages may choose among, in the order of the configuration, each with its provider's key. */
final class ConfiguredModels {
    /** None: a person is asked. */
    static final ConfiguredModels NONE = new ConfiguredModels(Map.of());

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredModels.class);

    private final Map<String, Model> byChoice;

    private ConfiguredModels(Map<String, Model> byChoice) {
        this.byChoice = byChoice;
    }

    /**
     * A model and how it is reached.
     *
     * @param name as its provider knows it
     * @param provider where it is, with its key
     * @param http reaches public addresses, and where the operator put this provider
     */
    record Model(String name, ModelFailures provider, OutboundClient http) {
        /** Why it cannot be asked, in a sentence. */
        Optional<String> unavailable() {
            String variable = provider.config().apiKeyVariable();
            return variable == null || !provider.key().value().isEmpty()
                    ? Optional.empty()
                    : Optional.of("The server was started without the environment variable " + variable
                            + ", which is to hold the model's key.");
        }
    }

    /**
     * Takes them.
     *
     * @param environment variable to value, null when it is not set; asked now
     * @param http reaches public addresses
     */
    static ConfiguredModels of(
            @Nullable ModelsConfig config, Function<String, @Nullable String> environment, OutboundClient http) {
        if (config == null) {
            return NONE;
        }
        Map<String, Model> models = new LinkedHashMap<>();
        for (ModelProvider provider : config.providers()) {
            ModelFailures reached = new ModelFailures(provider, key(provider.apiKeyVariable(), environment));
            OutboundClient reaching = ModelHttp.reaching(provider.baseUrl(), http);
            provider.models().forEach(model -> models.put(provider.choice(model), new Model(model, reached, reaching)));
        }
        return new ConfiguredModels(models);
    }

    private static Secret key(@Nullable String variable, Function<String, @Nullable String> environment) {
        String key = variable == null ? null : environment.apply(variable);
        if (variable != null && (key == null || key.isBlank())) {
            LOG.warn("The environment variable {}, which is to hold a model's key, is not set.", variable);
        }
        return new Secret(key == null ? "" : key.strip());
    }

    /** Whether there is none. */
    boolean isEmpty() {
        return byChoice.isEmpty();
    }

    /** What a stage may choose; the first is used where it chooses nothing. */
    List<String> choices() {
        return List.copyOf(byChoice.keySet());
    }

    /** The model of a choice, nothing when it is not configured. */
    Optional<Model> of(String choice) {
        return Optional.ofNullable(byChoice.get(choice));
    }

    /** The longest answer that any of them may give, in tokens. */
    int maxOutputTokens() {
        return byChoice.values().stream()
                .mapToInt(model -> model.provider().config().maxOutputTokens())
                .max()
                .orElse(ModelProvider.MOST_OUTPUT_TOKENS);
    }
}
