package dev.callboard.documents.parse;

import dev.callboard.documents.ingest.Doctype;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Entities;

/**
 * Characters that documents name by entities which only their DTD declares: those that HTML defines, which cover most of the
 * ISO 8879 sets, and the Greek letters of ISO's isogrk1 and isogrk2, which HTML has under other names.
 */
final class XmlEntities {
    private static final int LONGEST_NAME = 40;
    private static final Map<String, String> GREEK = greek();

    private XmlEntities() {}

    /** The characters that a name means, or an empty string. */
    static String named(String name) {
        String html = Entities.getByName(name);
        return html.isEmpty() ? GREEK.getOrDefault(name, "") : html;
    }

    /**
     * A document with known names replaced by what they mean, in text and in attributes. Names of XML itself and unknown ones
     * stay, and so does everything in comments, CDATA, instructions and the DOCTYPE.
     */
    static String resolve(String xml) {
        int next = xml.indexOf('&');
        if (next < 0) {
            return xml;
        }
        StringBuilder out = new StringBuilder(xml.length());
        int at = 0;
        while (at < xml.length()) {
            char c = xml.charAt(at);
            int after = c == '<' ? opaqueEnd(xml, at) : at;
            if (after > at) {
                out.append(xml, at, after);
                at = after;
            } else if (c == '&') {
                at = reference(xml, at, out);
            } else {
                out.append(c);
                at++;
            }
        }
        return out.toString();
    }

    private static int reference(String xml, int at, StringBuilder out) {
        int end = at + 1;
        while (end < xml.length() && end - at <= LONGEST_NAME && isNameCharacter(xml.charAt(end))) {
            end++;
        }
        if (end > at + 1 && end < xml.length() && xml.charAt(end) == ';') {
            String meaning = named(xml.substring(at + 1, end));
            if (!meaning.isEmpty()) {
                for (int i = 0; i < meaning.length(); i++) {
                    char c = meaning.charAt(i);
                    // What means something to XML stays a reference.
                    out.append("<>&\"'".indexOf(c) < 0 ? String.valueOf(c) : "&#" + (int) c + ";");
                }
                return end + 1;
            }
        }
        out.append('&');
        return at + 1;
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
    }

    /** After a comment, CDATA section, instruction or DOCTYPE that begins here; the same place when none does. */
    private static int opaqueEnd(String xml, int at) {
        if (xml.startsWith("<!--", at)) {
            return Doctype.after(xml, "-->", at + 4);
        }
        if (xml.startsWith("<![CDATA[", at)) {
            return Doctype.after(xml, "]]>", at);
        }
        if (xml.startsWith("<?", at)) {
            return Doctype.after(xml, "?>", at);
        }
        return xml.startsWith("<!DOCTYPE", at) ? Doctype.end(xml, at) : at;
    }

    private static Map<String, String> greek() {
        Map<String, String> greek = new HashMap<>();
        String names =
                "agr α bgr β ggr γ dgr δ egr ε zgr ζ eegr η thgr θ igr ι kgr κ lgr λ mgr μ ngr ν xgr ξ ogr ο pgr π"
                        + " rgr ρ sgr σ tgr τ ugr υ phgr φ khgr χ psgr ψ ohgr ω Agr Α Bgr Β Ggr Γ Dgr Δ Egr Ε Zgr Ζ EEgr Η THgr Θ"
                        + " Igr Ι Kgr Κ Lgr Λ Mgr Μ Ngr Ν Xgr Ξ Ogr Ο Pgr Π Rgr Ρ Sgr Σ Tgr Τ Ugr Υ PHgr Φ KHgr Χ PSgr Ψ OHgr Ω"
                        + " sfgr ς aacgr ά Aacgr Ά eacgr έ Eacgr Έ eeacgr ή EEacgr Ή iacgr ί Iacgr Ί idigr ϊ Idigr Ϊ idiagr ΐ oacgr ό"
                        + " Oacgr Ό uacgr ύ Uacgr Ύ udigr ϋ Udigr Ϋ udiagr ΰ ohacgr ώ OHacgr Ώ";
        String[] words = names.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            greek.put(words[i], words[i + 1]);
        }
        String bold =
                "alpha beta gamma delta epsi zeta eta thetas iota kappa lambda mu nu xi pi rho sigma tau upsi phis chi psi"
                        + " omega";
        for (String name : bold.split(" ")) {
            String plain = Entities.getByName(name);
            if (!plain.isEmpty()) {
                greek.put("b." + name, plain);
            }
        }
        return greek;
    }
}
