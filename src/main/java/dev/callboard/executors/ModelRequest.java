package dev.callboard.executors;

import dev.callboard.config.ModelApi;
import dev.callboard.palette.StageDefinition;
import dev.callboard.problem.Violation;
import dev.callboard.spi.StageFailure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which model a stage asks, and how; what its executor's config does not say is the configuration's.
 *
 * @param model the model
 * @param temperature from 0 on, null for the model's own
 * @param maxOutputTokens the longest answer, at most what is configured
 */
record ModelRequest(ConfiguredModels.Model model, @Nullable Double temperature, int maxOutputTokens) {
    private static final String CONFIG = "/executor_config/";

    static final String MODEL = "model";
    static final String TEMPERATURE = "temperature";
    static final String MAX_OUTPUT_TOKENS = "max_output_tokens";

    /**
     * What a definition says, or what is wrong with it.
     *
     * @param request null when there are violations
     * @param violations with pointers into the definition
     */
    record Reading(@Nullable ModelRequest request, List<Violation> violations) {
        /** @throws StageFailure when the definition cannot be followed here, such as one that is older than the configuration */
        ModelRequest require() throws StageFailure {
            if (request == null) {
                throw StageFailure.permanent("wrong_config", fault());
            }
            return request;
        }

        /** What is wrong, in sentences; of use only without a request. */
        String fault() {
            return violations.stream()
                    .map(violation ->
                            "Its " + violation.pointer().substring(CONFIG.length()) + " " + violation.sentence())
                    .collect(Collectors.joining(" "));
        }
    }

    /** Reads a definition. There is at least one model. */
    static Reading of(StageDefinition definition, ConfiguredModels models) {
        Map<String, ?> config = definition.executorConfig();
        List<String> choices = models.choices();
        Object chosen = config.get(MODEL);
        ConfiguredModels.Model model = models.of(chosen == null ? choices.get(0) : String.valueOf(chosen))
                .orElse(null);
        if (model == null) {
            return new Reading(
                    null,
                    List.of(wrong(
                            MODEL,
                            "is '" + chosen + "', which is not configured here; configured are "
                                    + String.join(", ", choices))));
        }
        List<Violation> violations = new ArrayList<>();
        ModelApi api = model.provider().config().api();
        int most = model.provider().config().maxOutputTokens();
        BigDecimal temperature = number(config.get(TEMPERATURE), 0, api.maxTemperature());
        if (config.get(TEMPERATURE) != null && temperature == null) {
            violations.add(wrong(
                    TEMPERATURE,
                    "must be a number from 0 to " + api.maxTemperature() + " for a model behind the API of "
                            + api.word()));
        }
        BigDecimal tokens = number(config.get(MAX_OUTPUT_TOKENS), 1, most);
        if (config.get(MAX_OUTPUT_TOKENS) != null
                && (tokens == null || tokens.stripTrailingZeros().scale() > 0)) {
            violations.add(wrong(
                    MAX_OUTPUT_TOKENS,
                    "must be a whole number from 1 to " + most + " ("
                            + model.provider().config().setting(MAX_OUTPUT_TOKENS) + ")"));
        }
        return violations.isEmpty()
                ? new Reading(
                        new ModelRequest(
                                model,
                                temperature == null ? null : temperature.doubleValue(),
                                tokens == null ? most : tokens.intValueExact()),
                        violations)
                : new Reading(null, violations);
    }

    /** Null when it is no number, or not within the limits. */
    private static @Nullable BigDecimal number(@Nullable Object value, int least, int most) {
        if (!(value instanceof Number given) || !Double.isFinite(given.doubleValue())) {
            return null;
        }
        BigDecimal number = new BigDecimal(given.toString());
        return number.compareTo(BigDecimal.valueOf(least)) < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0
                ? null
                : number;
    }

    private static Violation wrong(String key, String detail) {
        return new Violation(CONFIG + key, detail);
    }
}
