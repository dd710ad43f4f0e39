-- The hashes of the entries say whether a palette is another than before; one over all of them was written at each edit and
-- never read.
ALTER TABLE palette_state DROP COLUMN hash;

-- Attempts are owned by the one server; nothing ever leased them.
ALTER TABLE stage_executions DROP COLUMN lease_owner;
ALTER TABLE stage_executions DROP COLUMN lease_until;
