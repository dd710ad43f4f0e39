-- Whether a task was to start as soon as it was made: one that is still pending after a crash is started with the server.
ALTER TABLE tasks ADD COLUMN auto_start BOOLEAN DEFAULT FALSE NOT NULL;
