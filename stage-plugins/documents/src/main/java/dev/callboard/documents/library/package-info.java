/** What the stages of this plugin keep in the library of the task's project, beyond the task. */
package dev.callboard.documents.library;
