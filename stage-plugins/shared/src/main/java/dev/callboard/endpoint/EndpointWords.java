package dev.callboard.endpoint;

/**
 * What an endpoint and the operator's settings for it are called in a plugin.
 *
 * @param what such as {@code embedding endpoint}
 * @param plugin the plugin's name, under which its settings stand
 * @param prefix of the settings {@code url}, {@code api_key} and {@code timeout_seconds}, possibly empty
 * @param checks what beside the address may be wrong when an answer is, as the end of a sentence
 * @param tooLong what is said of an answer that is, as the end of a sentence
 */
public record EndpointWords(String what, String plugin, String prefix, String checks, String tooLong) {
    /** The key of one of the settings with the prefix. */
    public String key(String name) {
        return prefix + name;
    }

    /** What one of the settings with the prefix is called in the server's configuration. */
    public String setting(String name) {
        return inConfiguration(key(name));
    }

    /** What any of the plugin's settings is called in the server's configuration. */
    public String inConfiguration(String key) {
        return "plugins.settings." + plugin + "." + key;
    }
}
