-- The attempts that workers are to do or have, as their column worker_wait says: few rows with an index of their own, in the
-- place of an index that every change of every attempt moved. A row goes when its attempt does not wait for a worker any more.
CREATE TABLE worker_waits (
  execution_id      VARCHAR(32) NOT NULL PRIMARY KEY,
  task_id           VARCHAR(32) NOT NULL,
  stage_template_id VARCHAR(32) NOT NULL,
  stage_type        VARCHAR(64) NOT NULL,
  worker_wait       VARCHAR(8)  NOT NULL,
  created_at        TIMESTAMP(3) WITH TIME ZONE NOT NULL
);
CREATE INDEX worker_waits_by_type ON worker_waits (worker_wait, stage_type);
INSERT INTO worker_waits (execution_id, task_id, stage_template_id, stage_type, worker_wait, created_at)
  SELECT id, task_id, stage_template_id, stage_type, worker_wait, created_at FROM stage_executions
  WHERE worker_wait IN ('open', 'secret', 'leased') AND status = 'running';

DROP INDEX stage_executions_by_worker_wait;
