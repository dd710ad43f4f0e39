package dev.callboard.embed.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads the libraries of ONNX Runtime from this plugin's jar. The runtime would unpack them by itself and leave them in the
 * temporary folder when the process is killed; here their files are gone once they are loaded, which Linux permits.
 */
final class NativeLibraries {
    private static final String[] NAMES = {"libonnxruntime.so", "libonnxruntime4j_jni.so"};
    private static final String PATH = "onnxruntime.native.path";

    private static OrtEnvironment loaded;

    private NativeLibraries() {}

    /**
     * The runtime, loaded by the first call of the process.
     *
     * @throws IOException when the libraries cannot be unpacked
     * @throws LinkageError when they do not fit this machine
     */
    static synchronized OrtEnvironment environment() throws IOException {
        if (loaded == null) {
            loaded = load();
        }
        return loaded;
    }

    private static OrtEnvironment load() throws IOException {
        Path folder = Files.createTempDirectory("embed-native");
        try {
            for (String name : NAMES) {
                try (InputStream in = OrtEnvironment.class.getResourceAsStream("native/linux-x64/" + name)) {
                    if (in == null) {
                        throw new IOException("the plugin's jar has no " + name);
                    }
                    Files.copy(in, folder.resolve(name));
                }
            }
            System.setProperty(PATH, folder.toString());
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, OrtEnvironment.DEFAULT_NAME);
        } finally {
            System.clearProperty(PATH);
            for (String name : NAMES) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }
}
