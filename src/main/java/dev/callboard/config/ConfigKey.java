package dev.callboard.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Everything that can be configured, with its default. */
enum ConfigKey {
    HOST("host", "127.0.0.1"),
    PORT("port", "8080"),
    SERVER_PUBLIC_URL("server.public_url", ""),
    DATA("data", "data"),
    DATABASE_URL("database.url", ""),
    DATABASE_USER("database.user", "callboard"),
    DATABASE_PASSWORD_ENV("database.password_env", ""),
    DATABASE_POOL("database.pool", "10"),
    CONFIG("config", "config"),
    PLUGINS("plugins", "plugins"),
    PLUGINS_ENABLED("plugins.enabled", "true"),
    PLUGINS_BUNDLED("plugins.bundled", "true"),
    PLUGINS_SETTLE_MS("plugins.settle_ms", "2000"),
    PLUGINS_ALLOWED_SHA256("plugins.allowed_sha256", ""),
    PLUGINS_FORK_HEAP_MB("plugins.fork.heap_mb", "512"),
    PLUGINS_FORK_HEARTBEAT_SECONDS("plugins.fork.heartbeat_seconds", "10"),
    PLUGINS_FORK_WORKERS("plugins.fork.workers", "2"),
    WEBROOT("webroot", ""),
    LIMITS_CUSTOM_STAGES("limits.custom_stages", "20000"),
    LIMITS_BODY_BYTES("limits.body_bytes", "1048576"),
    LIMITS_BLOB_BYTES("limits.blob_bytes", "1073741824"),
    LIMITS_OUTPUT_CHARACTERS("limits.output_characters", "0"),
    LIMITS_RESERVE_BYTES("limits.reserve_bytes", "16777216"),
    LIMITS_WEB_SOCKETS("limits.web_sockets", "20000"),
    LIMITS_PLUGIN_LOAD_MS("limits.plugin_load_ms", "10000"),
    LOG_FORMAT("log.format", "text"),
    LOG_LEVEL("log.level", "info"),
    EVENTBUS_ENABLED("eventbus.enabled", "false"),
    FEED_HEARTBEAT_MS("feed.heartbeat_ms", "15000"),
    NETWORK_ALLOW("network.allow", ""),
    NETWORK_PROXY("network.proxy", ""),
    NETWORK_PROXY_USER("network.proxy_user", ""),
    NETWORK_PROXY_PASSWORD_ENV("network.proxy_password_env", ""),
    NETWORK_CA_FILE("network.ca_file", ""),
    NETWORK_TIMEOUT_SECONDS("network.timeout_seconds", "60"),
    NETWORK_ANSWER_BYTES("network.answer_bytes", "104857600"),
    SECRETS_ENVIRONMENT("secrets.environment", ""),
    SECRETS_KEY_FILE("secrets.key_file", ""),
    WORKERS_TOKEN_ENV("workers.token_env", ""),
    WORKERS_LEASE_MS("workers.lease_ms", "30000"),
    MODELS_PROVIDER("models.provider", "none"),
    MODELS_BASE_URL("models.base_url", ""),
    MODELS_MODEL("models.model", ""),
    MODELS_MODELS("models.models", ""),
    MODELS_API_KEY_ENV("models.api_key_env", ""),
    MODELS_TIMEOUT_SECONDS("models.timeout_seconds", "300"),
    MODELS_MAX_OUTPUT_TOKENS("models.max_output_tokens", "8192"),
    MODELS_PRICE_INPUT("models.price_input", ""),
    MODELS_PRICE_OUTPUT("models.price_output", ""),
    MODELS_CURRENCY("models.currency", ""),
    EXPRESSIONS_TIMEOUT_MS("expressions.timeout_ms", "5000"),
    EXPRESSIONS_HEAP_MB("expressions.heap_mb", "128"),
    SOURCES_FOLDER_ROOTS("sources.folder_roots", ""),
    SINKS_FILE_ROOTS("sinks.file_roots", ""),
    COMMAND_ENABLED("command.enabled", "false"),
    COMMAND_PROGRAMS("command.programs", ""),
    COMMAND_ENVIRONMENT("command.environment", "PATH,LANG,LC_ALL,TZ"),
    COMMAND_TIMEOUT_SECONDS("command.timeout_seconds", "1800"),
    COMMAND_OUTPUT_BYTES("command.output_bytes", "1048576"),
    COMMAND_WORKDIR_ROOTS("command.workdir_roots", "");

    private final String path;
    private final String defaultValue;

    ConfigKey(String path, String defaultValue) {
        this.path = path;
        this.defaultValue = defaultValue;
    }

    /** Where it stands in the file: dots are levels. */
    String path() {
        return path;
    }

    String defaultValue() {
        return defaultValue;
    }

    boolean isFlag() {
        return defaultValue.equals("true") || defaultValue.equals("false");
    }

    /** The environment variable that sets it. */
    String variable() {
        return "CALLBOARD_" + name().toUpperCase(Locale.ROOT);
    }

    static Optional<ConfigKey> of(String path) {
        // plugins.folder says the same as plugins, for files that also have plugins.enabled.
        String known = path.equals("plugins.folder") ? PLUGINS.path : path;
        return Arrays.stream(values()).filter(key -> key.path.equals(known)).findFirst();
    }
}
