-- What an attempt waits for: {kind, reason, since, deadline, poll_ms, memory}; no value, it does not wait. A task's own
-- word is read from its attempts.
ALTER TABLE stage_executions ADD COLUMN waiting TEXT;
ALTER TABLE tasks DROP COLUMN waiting_for;

-- Grows with each write to the task's ledger, so that none is missed by a stage that was looking at it.
ALTER TABLE tasks ADD COLUMN ledger_revision BIGINT DEFAULT 0 NOT NULL;
