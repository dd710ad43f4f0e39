-- What people call a task to find it again: a JSON list of texts.
ALTER TABLE tasks ADD COLUMN labels VARCHAR(4000) DEFAULT '[]' NOT NULL;
