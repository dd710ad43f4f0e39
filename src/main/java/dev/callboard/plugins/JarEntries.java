package dev.callboard.plugins;

import dev.callboard.palette.RefusalClass;
import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
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
    private static final Pattern VERSIONED = Pattern.compile("^META-INF/versions/[0-9]+/");

    /** Of the modules that this Java has. A package is one module's alone, so nobody else may bring classes in it. */
    private static final Set<String> OF_THE_JDK = ModuleLayer.boot().modules().stream()
            .flatMap(module -> module.getPackages().stream())
            .filter(name -> name.matches("(java|javax|jdk|sun|com\\.sun)\\..*"))
            .map(name -> name.replace('.', '/'))
            .collect(Collectors.toUnmodifiableSet());

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
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            String name = VERSIONED.matcher(entry.getName()).replaceFirst("");
            long most = name.endsWith(".class") ? MAX_CLASS_BYTES : MAX_ENTRY_BYTES;
            if (entry.getSize() > most || entry.getSize() < 0) {
                throw new PluginRefused(
                        RefusalClass.OTHER,
                        "Its entry '" + entry.getName() + "' says that it has " + entry.getSize() + " bytes; at most "
                                + most + " are taken.");
            }
            if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
                checkOwner(name);
            }
        }
    }

    private static void checkOwner(String name) throws PluginRefused {
        int slash = name.lastIndexOf('/');
        String folder = slash < 0 ? "" : name.substring(0, slash);
        if (name.startsWith("java/") || OF_THE_JDK.contains(folder)) {
            throw new PluginRefused(
                    RefusalClass.OTHER, "It overrides a core class: " + name + " belongs to a package of the JDK.");
        }
        boolean servers = name.startsWith(SERVER + "spi/") || folder.equals("dev/callboard");
        if (servers
                || (name.startsWith(SERVER) && JarEntries.class.getClassLoader().getResource(name) != null)) {
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
