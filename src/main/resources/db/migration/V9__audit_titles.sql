-- What an entry of the audit log was done to, as it was called then; empty in entries of older versions.
ALTER TABLE audit_log ADD COLUMN title VARCHAR(300) DEFAULT '' NOT NULL;
