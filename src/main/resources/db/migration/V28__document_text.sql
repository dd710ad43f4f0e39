-- In which text a list of documents looks for what somebody types (DocumentText): of the part's facts and the document's id.
ALTER TABLE document_parts ADD COLUMN search_text TEXT DEFAULT '' NOT NULL;

-- By which version of the rule it was made; 0 when it is not there yet. SQL cannot take texts out of JSON on both databases:
-- the server fills it when it starts.
ALTER TABLE document_parts ADD COLUMN search_text_by SMALLINT DEFAULT 0 NOT NULL;
CREATE INDEX document_parts_by_text ON document_parts (search_text_by);
