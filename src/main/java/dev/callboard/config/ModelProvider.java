package dev.callboard.config;

import dev.callboard.spi.Forms;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of language models.
 *
 * @param name under which {@code models.providers} has it; empty for the one of {@code models} itself
 * @param api whose API it speaks
 * @param baseUrl where it is, the only host that is asked, without a slash at the end. Default: the API's own
 * @param models the names of its models, at least one; the first is the one that is usually asked
 * @param apiKeyVariable the environment variable that holds the key, null when no key is needed. The key itself is not part
 *     of the configuration
 * @param timeout one request, its streamed answer included. Default 5 min
 * @param maxOutputTokens the longest answer. Default 8,192
 * @param price what tokens of each of its models cost, null when that is not known. Default null
 */
public record ModelProvider(
        String name,
        ModelApi api,
        URI baseUrl,
        List<String> models,
        @Nullable String apiKeyVariable,
        Duration timeout,
        int maxOutputTokens,
        @Nullable Price price) {
    /** The most that {@code max_output_tokens} may be. */
    public static final int MOST_OUTPUT_TOKENS = 1_000_000;

    private static final int MAX_MODEL_NAME = 200;

    /** Copies. */
    public ModelProvider {
        models = List.copyOf(models);
    }

    /**
     * What a million tokens cost.
     *
     * @param input of tokens of the prompt
     * @param output of tokens of the answer
     * @param currency of both, three capital letters such as {@code EUR}; null when that is not said
     */
    public record Price(BigDecimal input, BigDecimal output, @Nullable String currency) {
        /** What so many tokens cost, to the last digit. */
        public BigDecimal of(long inputTokens, long outputTokens) {
            BigDecimal cost = input.multiply(BigDecimal.valueOf(inputTokens))
                    .add(output.multiply(BigDecimal.valueOf(outputTokens)))
                    .movePointLeft(6)
                    .stripTrailingZeros();
            return cost.scale() < 0 ? cost.setScale(0) : cost;
        }
    }

    /** How a stage chooses one of its models: the model's name, after the provider's and a slash where it has one. */
    public String choice(String model) {
        return name.isEmpty() ? model : name + "/" + model;
    }

    /** Where one of its settings stands in the configuration, such as {@code models.providers.local.base_url}. */
    public String setting(String key) {
        return (name.isEmpty() ? "models." : ModelsConfig.PROVIDERS + "." + name + ".") + key;
    }

    /**
     * Reads one.
     *
     * @param config whose keys of {@code models} are this provider's
     * @return null when there is none, or none that is known
     */
    static @Nullable ModelProvider from(String name, ConfigValues config) {
        long timeout = config.number(ConfigKey.MODELS_TIMEOUT_SECONDS, 1, 86_400);
        long maxOutputTokens = config.number(ConfigKey.MODELS_MAX_OUTPUT_TOKENS, 1, MOST_OUTPUT_TOKENS);
        Price price = price(config);
        String word = config.text(ConfigKey.MODELS_PROVIDER);
        ModelApi api = ModelApi.of(word).orElse(null);
        if (api == null) {
            if (!name.isEmpty()) {
                config.wrong(ConfigKey.MODELS_PROVIDER, "must be one of " + ModelApi.WORDS);
            } else if (!word.equals("none")) {
                config.wrong(ConfigKey.MODELS_PROVIDER, "must be none, " + ModelApi.WORDS);
            }
            return null;
        }
        return new ModelProvider(
                name,
                api,
                baseUrl(config, api),
                models(config, api),
                keyVariable(config, api),
                Duration.ofSeconds(timeout),
                (int) maxOutputTokens,
                price);
    }

    private static List<String> models(ConfigValues config, ModelApi api) {
        String model = config.text(ConfigKey.MODELS_MODEL);
        if (model.isEmpty()) {
            config.wrong(ConfigKey.MODELS_MODEL, "must name a model of the provider '" + api.word() + "'");
        }
        List<String> more = config.list(ConfigKey.MODELS_MODELS);
        for (String each : more) {
            if (each.length() > MAX_MODEL_NAME || each.chars().anyMatch(Character::isISOControl)) {
                config.wrong(
                        ConfigKey.MODELS_MODELS,
                        "must be names of models, of at most " + MAX_MODEL_NAME + " characters each");
                break;
            }
        }
        return Stream.concat(Stream.of(model), more.stream()).distinct().toList();
    }

    private static URI baseUrl(ConfigValues config, ModelApi api) {
        String text = config.text(ConfigKey.MODELS_BASE_URL).replaceAll("/+$", "");
        try {
            URI url = new URI(text.isEmpty() ? api.url() : text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below, together with what is right.
        }
        // It may have a key in it, so it is not repeated.
        config.hidden(
                ConfigKey.MODELS_BASE_URL,
                "must be an address such as " + api.url() + ", without user, password and question mark");
        return URI.create(api.url());
    }

    private static @Nullable String keyVariable(ConfigValues config, ModelApi api) {
        String variable = config.text(ConfigKey.MODELS_API_KEY_ENV);
        if (variable.isEmpty()) {
            if (api == ModelApi.ANTHROPIC) {
                config.wrong(ConfigKey.MODELS_API_KEY_ENV, "must name the environment variable that holds the key");
            }
            return null;
        }
        if (!Forms.VARIABLE.matcher(variable).matches()) {
            // What stands there may be the key itself, so it is not repeated.
            config.hidden(
                    ConfigKey.MODELS_API_KEY_ENV,
                    "must be the name of an environment variable such as MODEL_API_KEY, not the key itself");
        }
        return variable;
    }

    private static @Nullable Price price(ConfigValues config) {
        BigDecimal input = amount(config, ConfigKey.MODELS_PRICE_INPUT);
        BigDecimal output = amount(config, ConfigKey.MODELS_PRICE_OUTPUT);
        String currency = config.text(ConfigKey.MODELS_CURRENCY);
        if (!currency.matches("([A-Z]{3})?")) {
            config.wrong(ConfigKey.MODELS_CURRENCY, "must be three capital letters such as EUR");
        }
        if (input == null && output == null) {
            return null;
        }
        return new Price(
                input == null ? BigDecimal.ZERO : input,
                output == null ? BigDecimal.ZERO : output,
                currency.isEmpty() ? null : currency);
    }

    private static @Nullable BigDecimal amount(ConfigValues config, ConfigKey key) {
        String text = config.text(key);
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            config.wrong(key, "must be the price of a million tokens such as 2.50");
            return null;
        }
        return new BigDecimal(text).stripTrailingZeros();
    }
}
