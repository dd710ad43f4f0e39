/**
 * The stage {@code parse-office}: Word, PowerPoint, Excel and OpenDocument text, read as what they are, zip files of XML, with the
 * JDK alone. XML with a document type is refused, no entity is expanded, no link followed, nothing but text taken out; how much one
 * file may unpack to is bounded.
 */
package dev.callboard.office;
