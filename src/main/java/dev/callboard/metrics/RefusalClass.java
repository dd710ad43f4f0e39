package dev.callboard.metrics;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Why plugins are refused, in classes: the reasons themselves are sentences for people, with names in them. Each class knows
 * how its sentences begin or end; a name inside a sentence does not count.
 */
enum RefusalClass {
    /** An id of it is taken. */
    COLLISION("^Its stage '[^']*' collides "),
    /** Its code did not answer in time. */
    TIMEOUT(" within \\d+ ms\\.$"),
    /** It is made for another stage API, or for none. */
    API_VERSION("^It was built for version |'Callboard-Api'"),
    /** What it registers is not what it describes. */
    REGISTRATION("^It registers |, which it does not register\\.$|^Its '[^']*' registers the "),
    /** Its code threw. */
    CODE("^Its code failed|^Its class loader "),
    /** Its manifest or its list of stages is wrong. */
    DESCRIPTION("^Its (manifest|META-INF/)|^It has no META-INF/"),
    /** The jar cannot be read. */
    UNREADABLE("^It is not a readable jar|^It could not be (read|copied)"),
    /** The operator does not allow it, or configured it wrongly. */
    NOT_ALLOWED("allowed_sha256|plugins\\.settings|plugins\\.allow"),
    /** Anything else. */
    OTHER("");

    private final Pattern sign;

    RefusalClass(String sign) {
        this.sign = Pattern.compile(sign);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The class of a reason. */
    static RefusalClass of(String reason) {
        for (RefusalClass one : values()) {
            if (one.sign.matcher(reason).find()) {
                return one;
            }
        }
        return OTHER;
    }
}
