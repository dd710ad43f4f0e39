/** The user's dictionaries: lists of things with their names, read from CSV, OBO and SKOS (RDF/XML and Turtle). */
package dev.callboard.documents.extract.dictionary;
