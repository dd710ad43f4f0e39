package dev.callboard.office;

import dev.callboard.documents.ir.Superscript;

/** Office's formulas (ISO/IEC 29500-1, 22.1) in one line, so that no number becomes another: {@code 1/20}, {@code x²}, {@code √(49)}. */
final class OfficeMath {
    private OfficeMath() {}

    static String of(Element math) {
        StringBuilder line = new StringBuilder();
        for (Element part : math.children()) {
            line.append(part(part));
        }
        return line.toString();
    }

    private static String part(Element part) {
        return switch (part.name()) {
            case "r", "t" -> part.words("t").isEmpty() ? part.text() : part.words("t");
            case "f" -> grouped(part.at("num")) + "/" + grouped(part.at("den"));
            case "sSup" -> of(part.at("e")) + Superscript.exponent(of(part.at("sup")));
            case "sSub" -> of(part.at("e")) + Superscript.index(of(part.at("sub")));
            case "sSubSup" ->
                of(part.at("e")) + Superscript.index(of(part.at("sub"))) + Superscript.exponent(of(part.at("sup")));
            case "rad" -> of(part.at("deg")) + "√" + grouped(part.at("e"));
            case "d" -> delimited(part);
            case "nary" -> nary(part);
            case "m" -> matrix(part);
            case "limLow", "limUpp" -> of(part.at("e")) + " " + grouped(part.at("lim"));
            case "ctrlPr",
                    "rPr",
                    "fPr",
                    "sSupPr",
                    "sSubPr",
                    "radPr",
                    "accPr",
                    "barPr",
                    "boxPr",
                    "funcPr",
                    "oMathParaPr" -> "";
            default -> " " + of(part) + " ";
        };
    }

    private static String grouped(Element part) {
        return Superscript.grouped(of(part).strip());
    }

    private static String delimited(Element part) {
        Element properties = part.at("dPr");
        String begin = properties.has("begChr") ? properties.at("begChr").attribute("val") : "(";
        String end = properties.has("endChr") ? properties.at("endChr").attribute("val") : ")";
        return begin
                + String.join(
                        ", ", part.children("e").stream().map(OfficeMath::of).toList())
                + end;
    }

    private static String nary(Element part) {
        String sign = part.at("naryPr", "chr").attribute("val");
        String sub = of(part.at("sub"));
        String sup = of(part.at("sup"));
        return (sign.isEmpty() ? "∫" : sign)
                + (sub.isBlank() ? "" : Superscript.index(sub))
                + (sup.isBlank() ? "" : Superscript.exponent(sup))
                + " " + of(part.at("e"));
    }

    private static String matrix(Element part) {
        return "["
                + String.join(
                        "; ",
                        part.children("mr").stream()
                                .map(row -> String.join(
                                        ", ",
                                        row.children("e").stream()
                                                .map(OfficeMath::of)
                                                .toList()))
                                .toList())
                + "]";
    }
}
