/** What the tests share: a real server in temporary folders, a client of its calls and one of its feed. */
@NullMarked
package dev.callboard.testing;

import org.jspecify.annotations.NullMarked;
