package dev.callboard.plugins;

import dev.callboard.palette.RefusalClass;
import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** Looks at the entries of a jar before any of its code runs: their sizes, and whose classes they are. */
final class JarEntries {
    private static final int MAX_ENTRIES = 200_000;
    private static final long MAX_CLASS_BYTES = 16 << 20;
    private static final long MAX_ENTRY_BYTES = 4L << 30;
    private static final String SERVER = "dev/callboard/";
    private static final String META = "META-INF/";
    private static final Pattern VERSIONED = Pattern.compile("^META-INF/versions/[0-9]+/");

    /** How the names of the JDK's own packages begin. */
    private static final List<String> JDK = List.of("java/", "javax/", "jdk/", "sun/", "com/sun/");

    /** Made when the first jar has classes that could be among them: going through all packages takes as long as a jar. */
    private static final class OfTheJdk {
        /** Of the modules that this Java has. A package is one module's alone, so nobody else may bring classes in it. */
        static final Set<String> PACKAGES = ModuleLayer.boot().modules().stream()
                .flatMap(module -> module.getPackages().stream())
                .map(name -> name.replace('.', '/'))
                .filter(JarEntries::couldBeOfTheJdk)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The packages of the server, of those that a jar has. */
    private static final class OfTheServer {
        private static final ClassLoader LOADER =
                Objects.requireNonNull(JarEntries.class.getClassLoader(), "the server's class loader");

        /** A jar may have no entries for its folders; then each class is looked for. */
        private static final boolean FOLDERS = LOADER.getResource(SERVER) != null;

        private final Map<String, Boolean> packages = new HashMap<>();

        /** Whether the server has this class; a look for each class of a large jar takes longer than to read it. */
        boolean has(String name) {
            return packages.computeIfAbsent(
                            folder(name), folder -> !FOLDERS || LOADER.getResource(folder + "/") != null)
                    && LOADER.getResource(name) != null;
        }
    }

    private JarEntries() {}

    /**
     * Checks all entries.
     *
     * @throws PluginRefused when one overrides a class of the server or the JDK, or is of no reasonable size
     */
    static void check(JarFile jar) throws PluginRefused {
        if (jar.size() > MAX_ENTRIES) {
            throw new PluginRefused(
                    RefusalClass.OTHER, "It has " + jar.size() + " entries; at most " + MAX_ENTRIES + " are taken.");
        }
        OfTheServer server = new OfTheServer();
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            String name = entry.getName();
            if (name.startsWith(META)) {
                name = VERSIONED.matcher(name).replaceFirst("");
            }
            long most = name.endsWith(".class") ? MAX_CLASS_BYTES : MAX_ENTRY_BYTES;
            if (entry.getSize() > most || entry.getSize() < 0) {
                throw new PluginRefused(
                        RefusalClass.OTHER,
                        "Its entry '" + entry.getName() + "' says that it has " + entry.getSize() + " bytes; at most "
                                + most + " are taken.");
            }
            if (name.endsWith(".class") && !name.startsWith(META)) {
                checkOwner(name, server);
            }
        }
    }

    private static boolean couldBeOfTheJdk(String name) {
        for (String begin : JDK) {
            if (name.startsWith(begin)) {
                return true;
            }
        }
        return false;
    }

    private static String folder(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    private static void checkOwner(String name, OfTheServer server) throws PluginRefused {
        if (couldBeOfTheJdk(name) && (name.startsWith("java/") || OfTheJdk.PACKAGES.contains(folder(name)))) {
            throw new PluginRefused(
                    RefusalClass.OTHER, "It overrides a core class: " + name + " belongs to a package of the JDK.");
        }
        boolean servers = name.startsWith(SERVER)
                && (name.startsWith(SERVER + "spi/") || folder(name).equals("dev/callboard") || server.has(name));
        if (servers) {
            throw new PluginRefused(
                    RefusalClass.OTHER,
                    "It overrides a core class: " + name
                            + " belongs to the server; build the plugin against the SPI without packing it.");
        }
    }

    /**
     * Reads an entry; null when there is none.
     *
     * @param most bytes, whatever the entry says of its size
     */
    static byte @Nullable [] read(JarFile jar, String name, int most) throws IOException, PluginRefused {
        ZipEntry entry = jar.getEntry(name);
        if (entry == null) {
            return null;
        }
        byte[] bytes;
        try (InputStream in = jar.getInputStream(entry)) {
            bytes = in.readNBytes(most + 1);
        }
        if (bytes.length > most) {
            throw new PluginRefused(RefusalClass.DESCRIPTION, "Its " + name + " is larger than " + most + " bytes.");
        }
        return bytes;
    }
}
