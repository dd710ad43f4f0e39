/** The pages in a real Chromium, served by the packaged jar. */
@NullMarked
package dev.callboard.browser;

import org.jspecify.annotations.NullMarked;
