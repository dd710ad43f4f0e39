/** Child processes: finding programs, a folder to work in, ending a process with all that came of it. */
@NullMarked
package dev.callboard.process;

import org.jspecify.annotations.NullMarked;
