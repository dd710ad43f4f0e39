/** Projects: the stage templates that tasks go through. */
@NullMarked
package dev.callboard.projects;

import org.jspecify.annotations.NullMarked;
