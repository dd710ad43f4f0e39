package dev.callboard.dispatch;

import dev.callboard.engine.StageJob;
import dev.callboard.engine.StageOutcome.Failed;
import dev.callboard.palette.SecretSource;
import dev.callboard.palette.SecretSource.MissingSecretException;
import dev.callboard.palette.SettingsRules;
import dev.callboard.palette.StageCode;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageExecutor;
import dev.callboard.palette.StageExecutors;
import dev.callboard.palette.StageResolver.Resolved;
import dev.callboard.palette.StageSecrets;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.StageRegistration;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stage that may run: its executor is on, its settings are checked, its secrets are there.
 *
 * @param registration its code, null when its executor makes it
 * @param code to be held while it runs
 * @param secrets whether its settings name any
 */
record PreparedStage(
        StageDefinition definition,
        StageExecutor executor,
        @Nullable StageRegistration registration,
        StageCode code,
        AttemptContext context,
        boolean secrets) {

    /** Why a stage may not run. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Failed failed;

        Refused(Failed failed) {
            super(failed.message(), null, false, false);
            this.failed = failed;
        }

        Failed failed() {
            return failed;
        }
    }

    /**
     * What stages are prepared with.
     *
     * @param executors what runs stages without code of their own
     * @param secrets has the values of what settings name
     * @param network what stages may connect to, and how
     * @param keeping what they keep beyond their attempts
     * @param questions what they ask of plugins
     */
    record Preparation(
            BlobStore blobs,
            StageExecutors executors,
            SecretSource secrets,
            StageNetwork network,
            StageKeeping keeping,
            StageQuestions questions,
            Clock clock) {
        /**
         * Prepares the stage of an attempt.
         *
         * @param resolved what runs it
         * @param log hides its secrets from now on
         */
        PreparedStage of(StageJob job, @Nullable Resolved resolved, Instant deadline, AttemptLog log) throws Refused {
            String type = job.template().type();
            if (resolved == null) {
                throw new Refused(new Failed("unknown_stage", "There is no stage type '" + type + "' any more.", true));
            }
            StageDefinition definition = resolved.entry().definition();
            StageExecutor executor = executors.of(definition.executor());
            boolean made = job.source() != null;
            Optional<String> off = made ? executor.off() : Optional.empty();
            if (off.isPresent() || (!made && resolved.registration() == null)) {
                throw new Refused(new Failed(
                        "stage_unavailable",
                        "Nothing here runs stages of the type '" + type + "' (executor '"
                                + definition.executor().word() + "')."
                                + off.map(reason -> " " + reason).orElse(""),
                        true));
            }
            SettingsRules.Checked settings = SettingsRules.check(definition.settingsSchema(), job.config(), "");
            if (!settings.violations().isEmpty()) {
                throw new Refused(new Failed(
                        "invalid_settings",
                        "The settings do not fit the stage: "
                                + settings.violations().get(0).detail(),
                        false));
            }
            Map<String, @Nullable Object> known = new LinkedHashMap<>(settings.values());
            Map<String, String> opened;
            try {
                opened = StageSecrets.values(definition.settingsSchema(), settings.values(), secrets, job.projectId());
            } catch (MissingSecretException e) {
                throw new Refused(new Failed("secret_missing", "The stage cannot run: " + e.getMessage(), false));
            }
            known.putAll(opened);
            List<String> own = new ArrayList<>(network.secrets());
            own.addAll(made ? executor.secrets(definition) : List.of());
            Mask mask = new Mask(opened.values(), own);
            log.hide(mask);
            return new PreparedStage(
                    definition,
                    executor,
                    resolved.registration(),
                    resolved.code(),
                    new AttemptContext(
                            job,
                            known,
                            resolved.pluginSettings(),
                            network,
                            blobs,
                            keeping.of(job, resolved.entry().plugin()),
                            questions,
                            mask,
                            log,
                            deadline,
                            clock),
                    !opened.isEmpty());
        }
    }
}
