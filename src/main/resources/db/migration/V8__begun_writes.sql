-- The id of what a write makes, decided before it begins; status 0 as long as its answer is not known.
ALTER TABLE idempotency_keys ADD COLUMN makes VARCHAR(64) DEFAULT '' NOT NULL;
