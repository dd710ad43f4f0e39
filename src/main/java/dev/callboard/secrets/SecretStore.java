package dev.callboard.secrets;

import dev.callboard.config.SecretsConfig;
import dev.callboard.palette.SecretReference;
import dev.callboard.palette.SecretSource;
import dev.callboard.secrets.KeyFile.KeyFault;
import dev.callboard.secrets.SecretRepository.Stored;
import dev.callboard.secrets.SecretsMessages.SecretView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The secrets as they are stored now, sealed, and the key to them. A value is opened each time it is asked for and kept
 * nowhere. Safe to use from any thread.
 */
final class SecretStore implements SecretSource {
    /** What is sealed to check whether a key fits. */
    static final String KNOWN = "callboard secrets";

    /** Shorter ones would be found, and masked, all over the texts of a task. */
    static final int LEAST = 4;

    private static final Set<String> COMMON = Set.of("true", "false", "null", "none");

    private final SecretsConfig config;
    private final Function<String, @Nullable String> environment;
    private volatile Map<String, Stored> secrets = Map.of();
    private volatile @Nullable SealingKey key;
    private volatile @Nullable String fault;

    /** @param environment variable to value, null when it is not set */
    SecretStore(SecretsConfig config, Function<String, @Nullable String> environment) {
        this.config = config;
        this.environment = environment;
    }

    KeyFile keyFile() {
        return new KeyFile(environment.apply(SecretsConfig.KEY_VARIABLE), config.keyFile());
    }

    /** Takes over what is stored, and the key to it if that fits. Blocks. */
    void load(SecretRepository.All all) {
        Map<String, Stored> loaded = new TreeMap<>();
        all.secrets().forEach(each -> loaded.put(each.view().name(), each));
        secrets = Map.copyOf(loaded);
        try {
            use(keyFile().load(), all.keyCheck());
        } catch (KeyFault e) {
            fault = e.getMessage();
        }
    }

    private void use(Optional<SealingKey> found, @Nullable String check) {
        if (found.isEmpty() && check != null) {
            fault = "The key of the secrets is not there: neither " + SecretsConfig.KEY_VARIABLE + " nor the file "
                    + config.keyFile() + ". Bring it back and start the server anew.";
        } else if (found.isPresent() && check != null && !fits(found.get(), check)) {
            fault = "The key of the secrets is another one than they were sealed with. Bring the old one back ("
                    + SecretsConfig.KEY_VARIABLE + " or " + config.keyFile()
                    + ") and start the server anew; nothing was changed.";
        } else {
            key = found.orElse(null);
        }
    }

    private static boolean fits(SealingKey key, String check) {
        return key.open(KNOWN, check).filter(KNOWN::equals).isPresent();
    }

    /** Why secrets can be neither stored nor used; nothing when they can. */
    Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /** The key; makes one when there is none. Blocks. */
    SealingKey keyToSeal() throws KeyFault {
        SealingKey known = key;
        if (known == null) {
            known = keyFile().loadOrMake();
            key = known;
        }
        return known;
    }

    /** Opens what was sealed with the key; nothing when that is not there or another one. */
    Optional<String> open(String name, String sealed) {
        SealingKey opens = key;
        return opens == null ? Optional.empty() : opens.open(name, sealed);
    }

    synchronized void put(Stored stored) {
        Map<String, Stored> changed = new TreeMap<>(secrets);
        changed.put(stored.view().name(), stored);
        secrets = Map.copyOf(changed);
    }

    synchronized void remove(String name) {
        Map<String, Stored> changed = new TreeMap<>(secrets);
        changed.remove(name);
        secrets = Map.copyOf(changed);
    }

    /** What may be known of all, by name. */
    List<SecretView> views() {
        return new TreeMap<>(secrets).values().stream().map(Stored::view).toList();
    }

    @Override
    public String value(SecretReference reference, String projectId) throws MissingSecretException {
        return reference.source() == SecretReference.Source.ENV
                ? ofEnvironment(reference)
                : ofStore(reference, projectId);
    }

    @Override
    public Optional<String> missing(SecretReference reference) {
        Stored stored = secrets.get(reference.name());
        String project = stored == null || stored.view().project() == null
                ? ""
                : stored.view().project();
        try {
            value(reference, project);
            return Optional.empty();
        } catch (MissingSecretException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Why a value is no secret that could be masked; nothing for one that can.
     *
     * @return half a sentence
     */
    static Optional<String> unmaskable(String value) {
        String seen = value.strip();
        if (seen.length() < LEAST) {
            return Optional.of("must have at least " + LEAST
                    + " characters beside blanks: a shorter one would be masked all over the texts of tasks");
        }
        return COMMON.contains(seen.toLowerCase(Locale.ROOT))
                ? Optional.of("must not be '" + seen + "': that word would be masked all over the texts of tasks")
                : Optional.empty();
    }

    private String ofEnvironment(SecretReference reference) throws MissingSecretException {
        if (!config.environment().contains(reference.name())) {
            throw new MissingSecretException(reference
                    + " may not be used here: the server's configuration does not list it in secrets.environment.");
        }
        String value = environment.apply(reference.name());
        if (value == null) {
            throw new MissingSecretException(
                    "the server was started without the environment variable " + reference.name() + ".");
        }
        Optional<String> fault = unmaskable(value);
        if (fault.isPresent()) {
            throw new MissingSecretException("the environment variable " + reference.name() + " " + fault.get() + ".");
        }
        return value;
    }

    private String ofStore(SecretReference reference, String projectId) throws MissingSecretException {
        Stored stored = secrets.get(reference.name());
        if (stored == null) {
            throw new MissingSecretException("there is no secret '" + reference.name() + "'; add it under Secrets.");
        }
        if (stored.view().project() != null && !stored.view().project().equals(projectId)) {
            throw new MissingSecretException("the secret '" + reference.name() + "' belongs to another project.");
        }
        if (fault != null) {
            throw new MissingSecretException("the secret '" + reference.name() + "' cannot be opened. " + fault);
        }
        SealingKey opens = key;
        Optional<String> value = opens == null ? Optional.empty() : opens.open(reference.name(), stored.sealed());
        return value.orElseThrow(() -> new MissingSecretException(
                "the secret '" + reference.name() + "' cannot be opened with the server's key; give its value again."));
    }
}
