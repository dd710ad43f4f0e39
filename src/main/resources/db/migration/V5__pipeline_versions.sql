-- Each state that a pipeline ever had: revisions of a name grow by 1 and never go back, also after it was deleted.
-- source: 'api' or 'file' (by hand). A deletion is a row without text.
CREATE TABLE pipeline_versions (
  name       VARCHAR(128) NOT NULL,
  revision   BIGINT       NOT NULL,
  version    VARCHAR(64)  NOT NULL,
  hash       VARCHAR(64)  NOT NULL,
  text       TEXT         NOT NULL,
  media_type VARCHAR(64)  NOT NULL,
  file_name  VARCHAR(255) NOT NULL,
  deleted    BOOLEAN      NOT NULL,
  source     VARCHAR(8)   NOT NULL,
  changed_by VARCHAR(128),
  changed_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (name, revision)
);
