-- What feeds the input ports of a stage: port to {from, source, port}; from is the id of a stage template, or the name of a
-- source. NULL for a stage that takes what comes right before it.
ALTER TABLE stage_templates ADD COLUMN inputs TEXT;
