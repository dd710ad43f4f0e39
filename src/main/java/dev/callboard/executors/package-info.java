/** What runs stages that need no code of their own: a language model, a child process. */
@NullMarked
package dev.callboard.executors;

import org.jspecify.annotations.NullMarked;
