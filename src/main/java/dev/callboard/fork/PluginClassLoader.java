package dev.callboard.fork;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Path;

/**
 * Sees the JDK, the SPI and its own jar: neither the server's libraries nor other plugins, so that each brings the versions it
 * likes. What the JDK has comes from the JDK, all else from the jar. Jars inside the jar are not looked into: a plugin packs the
 * classes of its libraries beside its own.
 */
public final class PluginClassLoader extends URLClassLoader {
    private static final String SPI = "dev.callboard.spi.";

    static {
        registerAsParallelCapable();
        // The JDK would keep a jar open for good when a plugin reads a resource by its address.
        URLConnection.setDefaultUseCaches("jar", false);
    }

    /** Opens a jar. */
    public PluginClassLoader(String name, Path jar) throws IOException {
        super("plugin:" + name, new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(SPI)) {
            return Class.forName(name, false, PluginClassLoader.class.getClassLoader());
        }
        return super.loadClass(name, resolve);
    }
}
