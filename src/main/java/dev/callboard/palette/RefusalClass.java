package dev.callboard.palette;

import java.util.Locale;

/** Why plugins are refused, in classes: the reasons themselves are sentences for people, with names in them. */
public enum RefusalClass {
    /** Its name or an id of it is taken. */
    COLLISION,
    /** Its code did not answer in time. */
    TIMEOUT,
    /** It is made for another stage API, or for none. */
    API_VERSION,
    /** What it registers is not what it describes. */
    REGISTRATION,
    /** Its code, or the process for it, failed. */
    CODE,
    /** Its manifest or its list of stages is wrong. */
    DESCRIPTION,
    /** The jar cannot be read. */
    UNREADABLE,
    /** The operator does not allow it, or configured it wrongly. */
    NOT_ALLOWED,
    /** Anything else. */
    OTHER;

    /** As metrics name it: {@code api_version}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
