package dev.callboard.documents.parse;

/**
 * Characters between two tags, references resolved.
 *
 * @param text never empty, white space as in the source
 */
record XmlText(String text) implements XmlNode {}
