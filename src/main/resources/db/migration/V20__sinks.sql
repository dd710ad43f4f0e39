-- The sinks of a copy of a pipeline, JSON; no value: it has none.
ALTER TABLE projects ADD COLUMN sinks TEXT;

-- What sinks get: made in the transaction that completes the task or the stage. what says of which attempts the outputs are, so
-- that each set of them goes to a sink once; outputs is JSON, stage name to attempt. target is the file that is written.
CREATE TABLE sink_deliveries (
  id           VARCHAR(32)  NOT NULL PRIMARY KEY,
  task_id      VARCHAR(32)  NOT NULL REFERENCES tasks (id),
  sink         VARCHAR(128) NOT NULL,
  what         VARCHAR(64)  NOT NULL,
  type         VARCHAR(16)  NOT NULL,
  config       TEXT         NOT NULL,
  outputs      TEXT         NOT NULL,
  status       VARCHAR(16)  NOT NULL,
  attempts     INTEGER      NOT NULL,
  next_at      TIMESTAMP(3) WITH TIME ZONE,
  give_up_at   TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  target       TEXT,
  error        TEXT,
  created_at   TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  delivered_at TIMESTAMP(3) WITH TIME ZONE,
  UNIQUE (task_id, sink, what)
);
CREATE INDEX sink_deliveries_due ON sink_deliveries (status, next_at);
