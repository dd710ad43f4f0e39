package dev.callboard.documents.parse;

/** A node of a document read by {@link SafeXml}. */
sealed interface XmlNode permits XmlElement, XmlText {}
