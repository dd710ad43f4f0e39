package dev.callboard.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The language models that prompts are sent to.
 *
 * @param providers at least one, in the order of the configuration; the first model of the first is asked where a stage
 *     chooses none
 */
public record ModelsConfig(List<ModelProvider> providers) {
    /** Where those that have names stand in the configuration. */
    static final String PROVIDERS = "models.providers";

    /** Copies. */
    public ModelsConfig {
        providers = List.copyOf(providers);
        if (providers.isEmpty()) {
            throw new IllegalArgumentException("there is no provider");
        }
    }

    static @Nullable ModelsConfig from(ConfigValues config) {
        List<ModelProvider> providers = new ArrayList<>();
        ModelProvider unnamed = ModelProvider.from("", config);
        if (unnamed != null) {
            providers.add(unnamed);
        }
        config.modelProviders().forEach((name, own) -> {
            ModelProvider provider = ModelProvider.from(name, own);
            if (provider != null) {
                providers.add(provider);
            }
        });
        if (unnamed != null) {
            requireDistinct(config, unnamed, providers);
        }
        return providers.isEmpty() ? null : new ModelsConfig(providers);
    }

    /** The name of a model may have a slash, and look as one of a provider with a name. */
    private static void requireDistinct(ConfigValues config, ModelProvider unnamed, List<ModelProvider> providers) {
        Set<String> named = new HashSet<>();
        for (ModelProvider provider : providers.subList(1, providers.size())) {
            provider.models().forEach(model -> named.add(provider.choice(model)));
        }
        for (String model : unnamed.models()) {
            if (named.contains(model)) {
                config.wrong(
                        model.equals(unnamed.models().get(0)) ? ConfigKey.MODELS_MODEL : ConfigKey.MODELS_MODELS,
                        "must not have '" + model + "', which is also a model of a provider of " + PROVIDERS);
            }
        }
    }
}
