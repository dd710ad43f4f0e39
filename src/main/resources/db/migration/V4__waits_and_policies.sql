-- A failed stage is tried again by itself, not before that time; no value, at once.
ALTER TABLE stage_executions ADD COLUMN not_before TIMESTAMP(3) WITH TIME ZONE;

-- Which attempt it is since a person started the stage; the number of attempts of its policy is compared with it.
ALTER TABLE stage_executions ADD COLUMN tries INTEGER DEFAULT 1 NOT NULL;

-- What a task waits for is read from its attempts.
ALTER TABLE tasks DROP COLUMN waiting_for;
