/** The stage {@code ir-validation}: what a document must be before anything is built on it. */
package dev.callboard.documents.validate;
