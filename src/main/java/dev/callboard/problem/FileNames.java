package dev.callboard.problem;

/** Names of files that are made of what people and programs wrote. */
public final class FileNames {
    private static final int MAX = 120;
    private static final int MAX_ENDING = 12;

    /** What no file's name has everywhere, beside what parts a path. */
    private static final String IMPOSSIBLE = "[\\p{C}\\u2028\\u2029<>:\"|?*]";

    private FileNames() {}

    /** A value as a part of a name: what no name may have, slashes as well, is {@code _}, so that nothing of it is lost. */
    public static String part(String value) {
        return value.replaceAll("[/\\\\]", "_").replaceAll(IMPOSSIBLE, "_");
    }

    /** The last part of a path, printable, neither hidden nor an option, at most 120 characters; {@code file} when nothing is left. */
    public static String safe(String text) {
        String last = text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
        String name = last.replaceAll(IMPOSSIBLE, "_")
                .strip()
                .replaceFirst("^[.\\s-]+", "_")
                .replaceFirst("[.\\s]+$", "");
        if (name.isEmpty()) {
            return "file";
        }
        if (name.codePointCount(0, name.length()) <= MAX) {
            return name;
        }
        String ending = ending(name);
        return name.substring(0, name.offsetByCodePoints(0, MAX - ending.length())) + ending;
    }

    /** The same name with a number before its ending: {@code a-2.txt}. */
    public static String numbered(String name, int number) {
        String ending = ending(name);
        return name.substring(0, name.length() - ending.length()) + "-" + number + ending;
    }

    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && name.length() - dot <= MAX_ENDING ? name.substring(dot) : "";
    }
}
