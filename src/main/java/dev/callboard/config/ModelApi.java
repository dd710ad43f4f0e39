package dev.callboard.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whose API a model's endpoint speaks. */
public enum ModelApi {
    /** OpenAI's chat completions, which many servers speak. */
    OPENAI("https://api.openai.com/v1", 2),
    /** Anthropic's messages. */
    ANTHROPIC("https://api.anthropic.com/v1", 1),
    /** Ollama's chat. */
    OLLAMA("http://127.0.0.1:11434", 2);

    /** All words, separated by commas. */
    static final String WORDS = Arrays.stream(values()).map(ModelApi::word).collect(Collectors.joining(", "));

    /** The highest temperature that any of them takes. */
    public static final int MAX_TEMPERATURE = 2;

    private final String url;
    private final int maxTemperature;

    ModelApi(String url, int maxTemperature) {
        this.url = url;
        this.maxTemperature = maxTemperature;
    }

    /** The word of the configuration. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The API of that word. */
    static Optional<ModelApi> of(String word) {
        return Arrays.stream(values()).filter(api -> api.word().equals(word)).findFirst();
    }

    /** Where it is when the configuration does not say. */
    String url() {
        return url;
    }

    /** The highest temperature that it takes; the lowest is 0. */
    public int maxTemperature() {
        return maxTemperature;
    }
}
