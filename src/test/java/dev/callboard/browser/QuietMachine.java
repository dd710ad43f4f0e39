package dev.callboard.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * For tests that give a page a second or two to show what others changed, as is promised to users. They have the machine for
 * themselves: the build runs them before the others, which share it.
 */
@Tag("quiet-machine")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface QuietMachine {}
