-- Valid in HSQLDB (PostgreSQL syntax mode) and in PostgreSQL. JSON is kept as text; ids are minted by the server.

CREATE TABLE palette_state (
  id       SMALLINT    NOT NULL PRIMARY KEY,
  epoch    VARCHAR(64) NOT NULL,
  revision BIGINT      NOT NULL,
  hash     VARCHAR(64) NOT NULL
);

-- A project groups tasks and its own copy of a pipeline's stage templates. The kind 'snapshot' is the copy that tasks
-- without a project of their own share: one for each content of a pipeline, never edited.
CREATE TABLE projects (
  id               VARCHAR(32)  NOT NULL PRIMARY KEY,
  name             VARCHAR(200) NOT NULL,
  description      TEXT         NOT NULL,
  kind             VARCHAR(16)  NOT NULL,
  pipeline         VARCHAR(128) NOT NULL,
  pipeline_version VARCHAR(64)  NOT NULL,
  pipeline_hash    VARCHAR(64)  NOT NULL,
  policies         TEXT         NOT NULL,
  revision         BIGINT       NOT NULL,
  created_at       TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  deleted_at       TIMESTAMP(3) WITH TIME ZONE
);
CREATE INDEX projects_by_hash ON projects (pipeline_hash);

CREATE TABLE stage_templates (
  id                 VARCHAR(32)  NOT NULL PRIMARY KEY,
  project_id         VARCHAR(32)  NOT NULL REFERENCES projects (id),
  name               VARCHAR(128) NOT NULL,
  stage_type         VARCHAR(64)  NOT NULL,
  sort_order         INTEGER      NOT NULL,
  depends_on         TEXT         NOT NULL,
  settings           TEXT         NOT NULL,
  policy             VARCHAR(64),
  approval           TEXT,
  gate               TEXT,
  locked             BOOLEAN      NOT NULL,
  input_source       VARCHAR(32)  NOT NULL,
  prompt_template    TEXT,
  output_format      VARCHAR(32),
  output_schema      TEXT,
  metadata_overrides TEXT         NOT NULL,
  revision           BIGINT       NOT NULL,
  created_at         TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  deleted_at         TIMESTAMP(3) WITH TIME ZONE
);
CREATE INDEX stage_templates_by_project ON stage_templates (project_id);

CREATE TABLE tasks (
  id               VARCHAR(32)  NOT NULL PRIMARY KEY,
  project_id       VARCHAR(32)  NOT NULL REFERENCES projects (id),
  title            VARCHAR(500) NOT NULL,
  description      TEXT         NOT NULL,
  status           VARCHAR(24)  NOT NULL,
  current_stage_id VARCHAR(32)  REFERENCES stage_templates (id),
  input            TEXT         NOT NULL,
  settings         TEXT         NOT NULL,
  user_input       TEXT,
  waiting_for      TEXT,
  error            TEXT,
  created_by       VARCHAR(128) NOT NULL,
  revision         BIGINT       NOT NULL,
  created_at       TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  updated_at       TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  started_at       TIMESTAMP(3) WITH TIME ZONE,
  completed_at     TIMESTAMP(3) WITH TIME ZONE,
  archived_at      TIMESTAMP(3) WITH TIME ZONE
);
CREATE INDEX tasks_by_status ON tasks (status);
CREATE INDEX tasks_by_project ON tasks (project_id);

-- A task's selection; no rows mean all stages of its project.
CREATE TABLE task_stages (
  id                VARCHAR(32) NOT NULL PRIMARY KEY,
  task_id           VARCHAR(32) NOT NULL REFERENCES tasks (id),
  stage_template_id VARCHAR(32) NOT NULL REFERENCES stage_templates (id),
  sort_order        INTEGER     NOT NULL,
  UNIQUE (task_id, stage_template_id)
);

-- One row for each attempt. The fence grows with each attempt of a task: a result under an older fence is dropped.
CREATE TABLE stage_executions (
  id                VARCHAR(32) NOT NULL PRIMARY KEY,
  task_id           VARCHAR(32) NOT NULL REFERENCES tasks (id),
  stage_template_id VARCHAR(32) NOT NULL REFERENCES stage_templates (id),
  attempt           INTEGER     NOT NULL,
  fence             BIGINT      NOT NULL,
  status            VARCHAR(24) NOT NULL,
  stage_type        VARCHAR(64) NOT NULL,
  settings          TEXT        NOT NULL,
  input             TEXT        NOT NULL,
  output            TEXT,
  output_sha256     VARCHAR(64),
  output_size       BIGINT,
  output_count      BIGINT,
  user_input        TEXT,
  decision          TEXT,
  decided_by        VARCHAR(128),
  decided_at        TIMESTAMP(3) WITH TIME ZONE,
  error             TEXT,
  error_code        VARCHAR(64),
  retryable         BOOLEAN,
  usage_report      TEXT,
  lease_owner       VARCHAR(64),
  lease_until       TIMESTAMP(3) WITH TIME ZONE,
  revision          BIGINT      NOT NULL,
  created_at        TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  started_at        TIMESTAMP(3) WITH TIME ZONE,
  completed_at      TIMESTAMP(3) WITH TIME ZONE,
  duration_ms       BIGINT,
  UNIQUE (task_id, stage_template_id, attempt)
);
CREATE INDEX stage_executions_by_status ON stage_executions (status);

CREATE TABLE execution_log_lines (
  execution_id VARCHAR(32) NOT NULL REFERENCES stage_executions (id),
  seq          BIGINT      NOT NULL,
  logged_at    TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  level        VARCHAR(8)  NOT NULL,
  text         TEXT        NOT NULL,
  PRIMARY KEY (execution_id, seq)
);

-- A value is inline (value) or in the blob folder (sha256, size).
CREATE TABLE task_state (
  task_id      VARCHAR(32)  NOT NULL REFERENCES tasks (id),
  state_key    VARCHAR(128) NOT NULL,
  execution_id VARCHAR(32)  NOT NULL REFERENCES stage_executions (id),
  value        TEXT,
  sha256       VARCHAR(64),
  size         BIGINT       NOT NULL,
  PRIMARY KEY (task_id, state_key)
);

CREATE TABLE task_ledger (
  task_id    VARCHAR(32)  NOT NULL REFERENCES tasks (id),
  ledger_key VARCHAR(64)  NOT NULL,
  value      TEXT         NOT NULL,
  written_by VARCHAR(128) NOT NULL,
  written_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (task_id, ledger_key)
);

-- What happened to a task, for people.
CREATE TABLE task_timeline (
  id          VARCHAR(32)  NOT NULL PRIMARY KEY,
  task_id     VARCHAR(32)  NOT NULL REFERENCES tasks (id),
  happened_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  kind        VARCHAR(32)  NOT NULL,
  detail      TEXT         NOT NULL,
  actor       VARCHAR(128) NOT NULL
);
CREATE INDEX task_timeline_by_task ON task_timeline (task_id);

CREATE TABLE idempotency_keys (
  actor           VARCHAR(128) NOT NULL,
  idempotency_key VARCHAR(200) NOT NULL,
  request_hash    VARCHAR(64)  NOT NULL,
  status          INTEGER      NOT NULL,
  answer          TEXT         NOT NULL,
  created_at      TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (actor, idempotency_key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
