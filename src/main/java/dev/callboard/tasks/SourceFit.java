package dev.callboard.tasks;

import dev.callboard.model.Pipeline;
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
 * <tr><td>2</td><td>{@code text}: any text; {@code urls}: an address that is not fetched yet</td></tr>
 * <tr><td>1</td><td>{@code files}: anything but an address</td></tr>
 * <tr><td>0</td><td>{@code *}: anything</td></tr>
 * </table>
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
        if (item.get("url") != null) {
            return source.equals("urls") ? 2 : NONE;
        }
        String mediaType = String.valueOf(item.get("media_type"));
        if (source.startsWith(".")) {
            return String.valueOf(item.get("name")).toLowerCase(Locale.ROOT).endsWith(source) ? 6 : NONE;
        }
        if (source.endsWith("/*")) {
            return mediaType.startsWith(source.substring(0, source.length() - 1)) ? 3 : NONE;
        }
        return switch (source) {
            case "files" -> 1;
            case "urls" -> NONE;
            case "text" -> mediaType.startsWith("text/") ? 2 : NONE;
            default -> source.equals(mediaType) ? 5 : mediaType.endsWith("/" + source) ? 4 : NONE;
        };
    }
}
