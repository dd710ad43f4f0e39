-- What the pipeline of a task said of plugins, JSON: asked again when the task is started or retried later. Of a pipeline's
-- copy alone; no value, it needs none.
ALTER TABLE projects ADD COLUMN plugins TEXT;
