-- PostgreSQL alone. One row says which server of Callboard writes, and how many transactions it has written: each of them
-- moves the number on, so that one whose end was not heard can be looked for. A server that finds another epoch there
-- breaks the rule, and its whole transaction with it.
CREATE TABLE server_epoch (
  id      SMALLINT NOT NULL PRIMARY KEY,
  epoch   BIGINT   NOT NULL,
  commits BIGINT   NOT NULL,
  held    BOOLEAN  NOT NULL CONSTRAINT server_epoch_taken_over CHECK (held)
);
INSERT INTO server_epoch (id, epoch, commits, held) VALUES (1, 0, 0, TRUE);

-- HSQLDB makes an index for each foreign key by itself.
CREATE INDEX task_stages_by_template ON task_stages (stage_template_id);
CREATE INDEX secrets_by_project ON secrets (project_id);

-- Rows that each step changes: with room on their page, a change that moves no index stays on it.
ALTER TABLE tasks SET (fillfactor = 70);
ALTER TABLE stage_executions SET (fillfactor = 70);
ALTER TABLE server_epoch SET (fillfactor = 10);
