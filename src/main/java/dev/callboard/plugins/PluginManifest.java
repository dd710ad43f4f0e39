package dev.callboard.plugins;

import dev.callboard.palette.RefusalClass;
import dev.callboard.spi.ApiVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the manifest of a jar says, not yet checked.
 *
 * @param title {@code Implementation-Title}
 * @param version {@code Implementation-Version}
 * @param api {@code Callboard-Api}: {@code MAJOR} or {@code MAJOR.MINOR}
 * @param isolation {@code Callboard-Isolation}
 */
record PluginManifest(
        @Nullable String title, @Nullable String version, @Nullable String api, @Nullable String isolation) {
    /** In the server's own JVM. */
    static final String NONE = "none";

    /** In processes of its own. */
    static final String FORK = "fork";

    private static final Pattern API = Pattern.compile("(0|[1-9][0-9]{0,3})(?:\\.(0|[1-9][0-9]{0,3}))?");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ._+(),:&'/-]{0,99}");
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._+-]{0,63}");

    static PluginManifest read(byte[] bytes) throws IOException {
        Attributes attributes = new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
        return new PluginManifest(
                stripped(attributes.getValue(Attributes.Name.IMPLEMENTATION_TITLE)),
                stripped(attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION)),
                stripped(attributes.getValue("Callboard-Api")),
                stripped(attributes.getValue("Callboard-Isolation")));
    }

    private static @Nullable String stripped(@Nullable String value) {
        return value == null ? null : value.strip();
    }

    /** Refuses what was built for another server. */
    void checkApi() throws PluginRefused {
        if (api == null) {
            throw new PluginRefused(
                    RefusalClass.API_VERSION, "Its manifest has no 'Callboard-Api': it is not a Callboard plugin.");
        }
        Matcher form = API.matcher(api);
        if (!form.matches()) {
            throw new PluginRefused(
                    RefusalClass.DESCRIPTION,
                    "Its manifest says 'Callboard-Api: " + api + "', which must be MAJOR or MAJOR.MINOR, such as 1.0.");
        }
        String here = ApiVersion.MAJOR + "." + ApiVersion.MINOR;
        if (Integer.parseInt(form.group(1)) != ApiVersion.MAJOR) {
            throw new PluginRefused(
                    RefusalClass.API_VERSION,
                    "It was built for version " + api + " of the stage API, this server has " + here
                            + ": another major version.");
        }
        if (form.group(2) != null && Integer.parseInt(form.group(2)) > ApiVersion.MINOR) {
            throw new PluginRefused(
                    RefusalClass.API_VERSION,
                    "It was built for version " + api + " of the stage API, this server has " + here
                            + ", which is older: it needs a newer server.");
        }
    }

    /** The plugin's name: the title, else the file's. */
    String name(String file) throws PluginRefused {
        String name = title == null ? file : title;
        if (!NAME.matcher(name).matches()) {
            throw new PluginRefused(
                    RefusalClass.DESCRIPTION,
                    "Its name (Implementation-Title) must be at most 100 letters, digits, blanks and"
                            + " ._+(),:&'/- characters; it is '" + PluginText.shown(name, 100) + "'.");
        }
        return name;
    }

    /** The plugin's version, {@code unknown} without one. */
    String checkedVersion() throws PluginRefused {
        if (version != null && !VERSION.matcher(version).matches()) {
            throw new PluginRefused(
                    RefusalClass.DESCRIPTION,
                    "Its version (Implementation-Version) must be at most 64 letters, digits and ._+-"
                            + " characters; it is '" + PluginText.shown(version, 64) + "'.");
        }
        return version == null ? "unknown" : version;
    }

    /** Where its code runs: {@code none} or {@code fork}. Early plugins say {@code in-process} for the first. */
    String checkedIsolation() throws PluginRefused {
        if (isolation == null || isolation.equals(NONE) || isolation.equals("in-process")) {
            return NONE;
        }
        if (isolation.equals(FORK)) {
            return FORK;
        }
        throw new PluginRefused(
                RefusalClass.DESCRIPTION,
                "Its manifest says 'Callboard-Isolation: " + isolation + "'; known are none and fork.");
    }
}
