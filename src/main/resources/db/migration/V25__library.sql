-- What stages keep of documents beyond their tasks; project_id is empty for tasks without a project. facts is JSON.
CREATE TABLE document_parts (
  project_id VARCHAR(64)  NOT NULL,
  doc_id     VARCHAR(200) NOT NULL,
  part       VARCHAR(64)  NOT NULL,
  facts      TEXT         NOT NULL,
  blob_id    VARCHAR(64),
  task_id    VARCHAR(32)  NOT NULL,
  updated_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (project_id, doc_id, part)
);
CREATE INDEX document_parts_by_part ON document_parts (project_id, part, doc_id);

-- Moves on with each change of a project's document parts.
CREATE TABLE library_revisions (
  project_id VARCHAR(64) NOT NULL PRIMARY KEY,
  revision   BIGINT      NOT NULL
);

-- The graph of what documents say: nodes by a natural key, and each place where a document speaks of one or relates two.
-- Offsets are -1 where it is no part of the text.
CREATE TABLE graph_nodes (
  project_id VARCHAR(64)  NOT NULL,
  node_id    VARCHAR(300) NOT NULL,
  node_type  VARCHAR(64)  NOT NULL,
  label      VARCHAR(500) NOT NULL,
  facts      TEXT         NOT NULL,
  PRIMARY KEY (project_id, node_id)
);
CREATE TABLE graph_mentions (
  project_id VARCHAR(64)  NOT NULL,
  doc_id     VARCHAR(200) NOT NULL,
  node_id    VARCHAR(300) NOT NULL,
  start_at   INTEGER      NOT NULL,
  end_at     INTEGER      NOT NULL,
  method     VARCHAR(64)  NOT NULL,
  confidence VARCHAR(64)  NOT NULL,
  PRIMARY KEY (project_id, doc_id, node_id, start_at, end_at, method)
);
CREATE INDEX graph_mentions_by_node ON graph_mentions (project_id, node_id);
CREATE TABLE graph_edges (
  project_id VARCHAR(64)  NOT NULL,
  doc_id     VARCHAR(200) NOT NULL,
  source_id  VARCHAR(300) NOT NULL,
  predicate  VARCHAR(64)  NOT NULL,
  target_id  VARCHAR(300) NOT NULL,
  start_at   INTEGER      NOT NULL,
  end_at     INTEGER      NOT NULL,
  method     VARCHAR(64)  NOT NULL,
  confidence VARCHAR(64)  NOT NULL,
  PRIMARY KEY (project_id, doc_id, source_id, predicate, target_id, start_at, end_at, method)
);
CREATE INDEX graph_edges_by_source ON graph_edges (project_id, source_id);
CREATE INDEX graph_edges_by_target ON graph_edges (project_id, target_id);

-- How far a stage of a task is, for its next attempt; JSON.
CREATE TABLE stage_checkpoints (
  task_id           VARCHAR(32) NOT NULL,
  stage_template_id VARCHAR(32) NOT NULL,
  checkpoint        TEXT        NOT NULL,
  kept_at           TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (task_id, stage_template_id)
);
