-- Documents that were removed and have not come back: what a task began before that writes of one is not kept.
CREATE TABLE removed_documents (
  project_id VARCHAR(64)  NOT NULL,
  doc_id     VARCHAR(200) NOT NULL,
  removed_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (project_id, doc_id)
);
