package dev.callboard.pipelines;

import dev.callboard.problem.MediaTypes;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How well a pipeline is for a task's inputs. The most specific word counts for each input, and the worst input for the task:
 *
 * <table>
 * <caption>Words of {@code applicable_sources}</caption>
 * <tr><td>6</td><td>{@code .pdf}: the end of a file's name</td></tr>
 * <tr><td>5</td><td>{@code application/pdf}: a media type</td></tr>
 * <tr><td>4</td><td>{@code pdf}: the end of a media type</td></tr>
 * <tr><td>3</td><td>{@code text/*}: a family of media types</td></tr>
 * <tr><td>2</td><td>{@code text}: any text that is there; {@code urls}: any address</td></tr>
 * <tr><td>1</td><td>{@code files}: anything but an address</td></tr>
 * <tr><td>0</td><td>{@code *}: anything</td></tr>
 * </table>
 *
 * <p>What an address leads to is known by its name, the last part of its path, and by the media type that the task states of
 * it, else the one that goes with the name.
 */
final class SourceFit {
    /** Not for it at all. */
    static final int NONE = -1;

    private SourceFit() {}

    /** How well a pipeline fits all inputs; {@link #NONE} when it does not fit one of them, or there are none. */
    static int of(Pipeline pipeline, List<Map<String, Object>> input) {
        return input.stream()
                .mapToInt(item -> pipeline.applicableSources().stream()
                        .mapToInt(source -> fit(source.toLowerCase(Locale.ROOT), item))
                        .max()
                        .orElse(NONE))
                .min()
                .orElse(NONE);
    }

    private static int fit(String source, Map<String, Object> item) {
        if (source.equals("*")) {
            return 0;
        }
        boolean address = item.get("url") != null;
        String mediaType = mediaType(item);
        if (source.startsWith(".")) {
            return String.valueOf(item.get("name")).toLowerCase(Locale.ROOT).endsWith(source) ? 6 : NONE;
        }
        if (source.endsWith("/*")) {
            return mediaType.startsWith(source.substring(0, source.length() - 1)) ? 3 : NONE;
        }
        return switch (source) {
            case "files" -> address ? NONE : 1;
            case "urls" -> address ? 2 : NONE;
            case "text" -> !address && mediaType.startsWith("text/") ? 2 : NONE;
            default -> source.equals(mediaType) ? 5 : mediaType.endsWith("/" + source) ? 4 : NONE;
        };
    }

    private static String mediaType(Map<String, Object> item) {
        Object stated = item.get("media_type");
        return stated == null ? MediaTypes.ofName(String.valueOf(item.get("name"))) : String.valueOf(stated);
    }
}
