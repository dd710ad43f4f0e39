package dev.callboard.palette;

import dev.callboard.palette.SecretSource.MissingSecretException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secrets among the settings of one stage. */
public final class StageSecrets {
    private StageSecrets() {}

    /**
     * The values of all that the settings name, by setting.
     *
     * @param settings checked
     * @throws MissingSecretException when one cannot be had; it names the setting
     */
    public static Map<String, String> values(
            List<Setting> schema,
            Map<String, ? extends @Nullable Object> settings,
            SecretSource source,
            String projectId)
            throws MissingSecretException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Setting setting : schema) {
            Optional<SecretReference> reference = setting.type() == Setting.Type.SECRET
                    ? SecretReference.of(settings.get(setting.key()))
                    : Optional.empty();
            if (reference.isPresent()) {
                try {
                    values.put(setting.key(), source.value(reference.get(), projectId));
                } catch (MissingSecretException e) {
                    throw new MissingSecretException("its setting '" + setting.key() + "': " + e.getMessage());
                }
            }
        }
        return values;
    }
}
