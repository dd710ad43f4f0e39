-- A stage that does not say depends_on (NULL) follows the one before it; '[]' says that it follows none. Until now '[]' stood
-- for both: in a project where no stage named another one each followed the one before it.
ALTER TABLE stage_templates ALTER COLUMN depends_on SET NULL;
UPDATE stage_templates SET depends_on = NULL WHERE project_id NOT IN
  (SELECT project_id FROM stage_templates WHERE depends_on <> '[]');

-- What a file means by a stage without depends_on: 1 as before, 2 follows the one before it (DependsOnRule).
ALTER TABLE pipeline_versions ADD COLUMN depends_on_rule SMALLINT DEFAULT 1 NOT NULL;
