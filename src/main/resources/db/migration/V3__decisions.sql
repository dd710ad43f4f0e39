-- What stages suggested: {by, execution_id, stages: [{id, reason}], unknown: [names]}; no value, no suggestions.
ALTER TABLE tasks ADD COLUMN suggestions TEXT;

-- A selection has a revision of its own: its ETag.
ALTER TABLE tasks ADD COLUMN selection_revision BIGINT DEFAULT 1 NOT NULL;

-- What a person made of an output, beside the output itself.
ALTER TABLE stage_executions ADD COLUMN decided_output TEXT;
ALTER TABLE stage_executions ADD COLUMN decided_sha256 VARCHAR(64);
ALTER TABLE stage_executions ADD COLUMN decided_size BIGINT;

-- 1: made before stages could suggest stages; brought up to 2 at the next start, with the author's edits kept.
ALTER TABLE stage_templates ADD COLUMN generation SMALLINT DEFAULT 1 NOT NULL;

CREATE INDEX stage_executions_by_template ON stage_executions (stage_template_id);
