-- What an attempt waits for: {kind, reason, since, deadline, poll_ms, memory}; no value, it does not wait. A task's own
-- word is read from its attempts.
ALTER TABLE stage_executions ADD COLUMN waiting TEXT;
ALTER TABLE tasks DROP COLUMN waiting_for;

-- Grows with each write to the task's ledger, so that none is missed by a stage that was looking at it.
ALTER TABLE tasks ADD COLUMN ledger_revision BIGINT DEFAULT 0 NOT NULL;

-- A failed stage is tried again by itself, not before that time; no value, at once.
ALTER TABLE stage_executions ADD COLUMN not_before TIMESTAMP(3) WITH TIME ZONE;

-- Which attempt it is since a person started the stage; the number of attempts of its policy is compared with it.
ALTER TABLE stage_executions ADD COLUMN tries INTEGER DEFAULT 1 NOT NULL;
