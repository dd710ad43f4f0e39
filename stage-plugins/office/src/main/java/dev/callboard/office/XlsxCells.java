package dev.callboard.office;

import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values of Excel's cells as text. */
final class XlsxCells {
    private static final LocalDate EPOCH = LocalDate.of(1899, 12, 30);
    private static final LocalDate EPOCH_1904 = LocalDate.of(1904, 1, 1);
    private static final double LAST_DAY = 2_958_466;
    private static final long SECONDS_PER_DAY = 86_400;
    /** Before it Excel counts a 29 February 1900 that never was. */
    private static final int FIRST_SURE_DAY = 61;

    private final List<String> shared = new ArrayList<>();
    /** Indexes of cell formats that show a number as a date or time. */
    private final Set<Integer> dates = new HashSet<>();

    private final boolean from1904;

    private XlsxCells(boolean from1904) {
        this.from1904 = from1904;
    }

    static XlsxCells of(OfficeFile file, Element workbook) throws IOException, StageFailure {
        String epoch = workbook.at("workbookPr").attribute("date1904");
        XlsxCells cells = new XlsxCells(epoch.matches("1|true"));
        if (file.has("xl/sharedStrings.xml")) {
            try (XmlPart part = file.open("xl/sharedStrings.xml")) {
                while (part.next()) {
                    if (part.name().equals("si")) {
                        cells.shared.add(rich(part.element()));
                    }
                }
            }
        }
        cells.formats(file.root("xl/styles.xml"));
        return cells;
    }

    /** Runs of text without the readings that stand above them. */
    private static String rich(Element text) {
        StringBuilder words = new StringBuilder();
        for (Element part : text.children()) {
            if (part.name().equals("t")) {
                words.append(part.text());
            } else if (part.name().equals("r")) {
                words.append(part.at("t").text());
            }
        }
        return words.toString();
    }

    private void formats(Element styles) {
        Map<Integer, String> codes = new HashMap<>();
        for (Element format : styles.at("numFmts").children("numFmt")) {
            codes.put(format.number("numFmtId", -1), format.attribute("formatCode"));
        }
        List<Element> formats = styles.at("cellXfs").children("xf");
        for (int i = 0; i < formats.size(); i++) {
            int id = formats.get(i).number("numFmtId", 0);
            if (isDate(id, codes.getOrDefault(id, ""))) {
                dates.add(i);
            }
        }
    }

    /** The built-in formats of dates and times (ISO/IEC 29500-1, 18.8.30), and codes with letters of dates. */
    private static boolean isDate(int id, String code) {
        String letters = code.replaceAll("\"[^\"]*\"|\\\\.|_.|\\*.|\\[(?![hms]+\\])[^\\]]*\\]", "");
        return (id >= 14 && id <= 22)
                || (id >= 27 && id <= 36)
                || (id >= 45 && id <= 47)
                || (id >= 50 && id <= 58)
                || letters.matches("(?i).*[ymdhs].*") && !letters.matches("(?i)general.*");
    }

    /** The value of a cell; empty when it has none. */
    String value(Element cell) {
        String stored = cell.at("v").text().strip();
        return switch (cell.attribute("t")) {
            case "s" ->
                stored.matches("\\d{1,9}") && Integer.parseInt(stored) < shared.size()
                        ? shared.get(Integer.parseInt(stored))
                        : "";
            case "inlineStr" -> rich(cell.at("is"));
            case "b" -> stored.equals("1") ? "TRUE" : "FALSE";
            case "str", "e", "d" -> cell.at("v").text();
            default -> dates.contains(cell.number("s", 0)) ? date(stored) : number(stored);
        };
    }

    /** Excel stores 0.1 + 0.2 with all its digits; the shortest that mean the same 15 are what it shows at most. */
    private static String number(String stored) {
        try {
            double value = Double.parseDouble(stored);
            return stored.length() > 15 && Double.isFinite(value)
                    ? new BigDecimal(stored)
                            .round(new MathContext(15))
                            .stripTrailingZeros()
                            .toPlainString()
                    : stored;
        } catch (NumberFormatException e) {
            return stored;
        }
    }

    private String date(String stored) {
        double days;
        try {
            days = Double.parseDouble(stored);
        } catch (NumberFormatException e) {
            return stored;
        }
        if (!(days >= 0 && days < LAST_DAY)) {
            return stored;
        }
        long seconds = Math.round(days % 1 * SECONDS_PER_DAY);
        if (days < 1) {
            return LocalTime.ofSecondOfDay(Math.min(seconds, SECONDS_PER_DAY - 1))
                    .toString();
        }
        if (!from1904 && days < FIRST_SURE_DAY) {
            return stored;
        }
        LocalDateTime time = (from1904 ? EPOCH_1904 : EPOCH)
                .plusDays((long) days)
                .atStartOfDay()
                .plusSeconds(seconds);
        return seconds == 0 ? time.toLocalDate().toString() : time.toLocalDate() + " " + time.toLocalTime();
    }
}
