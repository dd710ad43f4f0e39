/** The feed at {@code /ws}: its topics and connections, and the bridge of the event bus. */
@NullMarked
package dev.callboard.feed;

import org.jspecify.annotations.NullMarked;
