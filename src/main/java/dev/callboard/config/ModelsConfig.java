package dev.callboard.config;

import dev.callboard.spi.Forms;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The language model that prompts are sent to.
 *
 * @param provider whose API it speaks
 * @param baseUrl where it is, the only host that is asked, without a slash at the end. Default: the provider's own
 * @param model its name
 * @param apiKeyVariable the environment variable that holds the key, null when no key is needed. The key itself is not part
 *     of the configuration
 * @param timeout one request, its streamed answer included. Default 5 min
 * @param maxOutputTokens the longest answer. Default 8,192
 * @param price what tokens cost, null when that is not known. Default null
 */
public record ModelsConfig(
        Provider provider,
        URI baseUrl,
        String model,
        @Nullable String apiKeyVariable,
        Duration timeout,
        int maxOutputTokens,
        @Nullable Price price) {

    private static final Map<Provider, String> URLS = Map.of(
            Provider.OPENAI, "https://api.openai.com/v1",
            Provider.ANTHROPIC, "https://api.anthropic.com/v1",
            Provider.OLLAMA, "http://127.0.0.1:11434");

    /** Whose API an endpoint speaks. */
    public enum Provider {
        /** OpenAI's chat completions, which many servers speak. */
        OPENAI,
        /** Anthropic's messages. */
        ANTHROPIC,
        /** Ollama's chat. */
        OLLAMA;

        /** The word of the configuration. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
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

    static @Nullable ModelsConfig from(ConfigLoader config) {
        long timeout = config.number(ConfigKey.MODELS_TIMEOUT_SECONDS, 1, 86_400);
        long maxOutputTokens = config.number(ConfigKey.MODELS_MAX_OUTPUT_TOKENS, 1, 1_000_000);
        Price price = price(config);
        String word = config.text(ConfigKey.MODELS_PROVIDER);
        Provider provider = Arrays.stream(Provider.values())
                .filter(known -> known.word().equals(word))
                .findFirst()
                .orElse(null);
        if (provider == null) {
            if (!word.equals("none")) {
                config.wrong(ConfigKey.MODELS_PROVIDER, "must be none, " + words());
            }
            return null;
        }
        String model = config.text(ConfigKey.MODELS_MODEL);
        if (model.isEmpty()) {
            config.wrong(ConfigKey.MODELS_MODEL, "must name a model of the provider '" + word + "'");
        }
        return new ModelsConfig(
                provider,
                baseUrl(config, provider),
                model,
                keyVariable(config, provider),
                Duration.ofSeconds(timeout),
                (int) maxOutputTokens,
                price);
    }

    private static String words() {
        return Arrays.stream(Provider.values()).map(Provider::word).collect(Collectors.joining(", "));
    }

    private static URI baseUrl(ConfigLoader config, Provider provider) {
        String fallback = URLS.getOrDefault(provider, "");
        String text = config.text(ConfigKey.MODELS_BASE_URL).replaceAll("/+$", "");
        try {
            URI url = new URI(text.isEmpty() ? fallback : text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below, together with what is right.
        }
        config.wrong(
                ConfigKey.MODELS_BASE_URL,
                "must be an address such as " + fallback + ", without user, password and question mark");
        return URI.create(fallback);
    }

    private static @Nullable String keyVariable(ConfigLoader config, Provider provider) {
        String variable = config.text(ConfigKey.MODELS_API_KEY_ENV);
        if (variable.isEmpty()) {
            if (provider == Provider.ANTHROPIC) {
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

    private static @Nullable Price price(ConfigLoader config) {
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

    private static @Nullable BigDecimal amount(ConfigLoader config, ConfigKey key) {
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
