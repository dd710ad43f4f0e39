package dev.callboard.pipelines;

import dev.callboard.palette.SecretReference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a sink of a pipeline is. */
public sealed interface SinkConfig extends EndConfig {
    /** The task's own result, kept with it. */
    record Result() implements SinkConfig {
        @Override
        public String type() {
            return "result";
        }
    }

    /**
     * A file.
     *
     * @param path the folder, absolute
     * @param name of the file, as a template
     */
    record ToFile(String path, String name) implements SinkConfig {
        @Override
        public String type() {
            return "file";
        }

        @Override
        public Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("path", path);
            members.put("name", name);
            return members;
        }
    }

    /**
     * An address to which results are posted, signed.
     *
     * @param url http or https
     * @param headers sent beside the server's own
     * @param secret the key of the signature; null only while a pipeline that lacks it is checked
     */
    record ToWebhook(String url, Map<String, String> headers, @Nullable SecretReference secret) implements SinkConfig {
        /** Copies. */
        public ToWebhook {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }

        @Override
        public String type() {
            return "webhook";
        }

        @Override
        public Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("url", url);
            if (!headers.isEmpty()) {
                members.put("headers", headers);
            }
            if (secret != null) {
                members.put("secret", secret.toString());
            }
            return members;
        }
    }
}
