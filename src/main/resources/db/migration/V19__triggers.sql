-- What starts tasks by itself: a source of a pipeline. The row is the trigger: it survives edits of the pipeline, and 30 days of
-- its absence. next_at is the next time that a schedule is due; catch_up_until the last one that is made up for although it was
-- due while nothing could fire. token is the end of a webhook's address, sealed; token_hash finds it.
CREATE TABLE triggers (
  id             VARCHAR(32)  NOT NULL PRIMARY KEY,
  pipeline       VARCHAR(64)  NOT NULL,
  source         VARCHAR(128) NOT NULL,
  type           VARCHAR(16)  NOT NULL,
  config         TEXT         NOT NULL,
  paused         BOOLEAN      DEFAULT FALSE NOT NULL,
  next_at        TIMESTAMP(3) WITH TIME ZONE,
  catch_up_until TIMESTAMP(3) WITH TIME ZONE,
  last_at        TIMESTAMP(3) WITH TIME ZONE,
  last_task      VARCHAR(32),
  skipped        VARCHAR(500),
  token          VARCHAR(400),
  token_hash     VARCHAR(64),
  absent_since   TIMESTAMP(3) WITH TIME ZONE,
  UNIQUE (pipeline, source)
);

-- What a trigger fired for, so that it does so once: files for good, requests for a day.
CREATE TABLE trigger_seen (
  trigger_id VARCHAR(32) NOT NULL,
  seen_key   VARCHAR(80) NOT NULL,
  task_id    VARCHAR(32) NOT NULL,
  seen_at    TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (trigger_id, seen_key)
);

ALTER TABLE tasks ADD COLUMN trigger_id VARCHAR(32);
ALTER TABLE tasks ADD COLUMN trigger_type VARCHAR(16);
ALTER TABLE tasks ADD COLUMN trigger_due_at TIMESTAMP(3) WITH TIME ZONE;
