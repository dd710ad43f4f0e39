-- What a running attempt waits for that a worker is to do: 'open' for any worker, 'secret' for one that may have secrets,
-- 'leased' when one has it; null for all other attempts.
ALTER TABLE stage_executions ADD COLUMN worker_wait VARCHAR(8);
CREATE INDEX stage_executions_by_worker_wait ON stage_executions (worker_wait, stage_type);

-- Who has the work of an attempt, until when. How long a lease lasts is not stored: after a restart each lasts once more.
CREATE TABLE worker_leases (
  execution_id VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES stage_executions (id),
  lease        VARCHAR(64) NOT NULL,
  worker       VARCHAR(64) NOT NULL,
  taken_at     TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  deadline     TIMESTAMP(3) WITH TIME ZONE NOT NULL
);
