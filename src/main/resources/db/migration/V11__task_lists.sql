-- Since when a task has its status: those that wait longest are found by it. No value, since before this column; then
-- updated_at is as good an answer as there is.
ALTER TABLE tasks ADD COLUMN status_since TIMESTAMP(3) WITH TIME ZONE;

-- Pages of tasks of one status or project, newest first. With a second index of the status the database takes the wrong one.
DROP INDEX tasks_by_status;
CREATE INDEX tasks_by_status_id ON tasks (status, id);
CREATE INDEX tasks_by_project_id ON tasks (project_id, id);
