-- Secrets of stages, sealed with AES-256-GCM under a key that is not in the database. The row of secrets_key is a known text,
-- sealed with the same key: another key is noticed before it is used.
CREATE TABLE secrets (
  name       VARCHAR(64)  NOT NULL PRIMARY KEY,
  project_id VARCHAR(32)  REFERENCES projects (id),
  sealed     TEXT         NOT NULL,
  updated_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  updated_by VARCHAR(128) NOT NULL
);

CREATE TABLE secrets_key (
  id     INTEGER      NOT NULL PRIMARY KEY,
  sealed VARCHAR(400) NOT NULL
);
