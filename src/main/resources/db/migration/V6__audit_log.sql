-- Who changed or decided what, when and from where. Rows are added with the change itself, in its transaction, and never
-- changed or removed. The id grows with time: newest first is ORDER BY id DESC.
CREATE TABLE audit_log (
  id          VARCHAR(32)  NOT NULL PRIMARY KEY,
  happened_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  actor       VARCHAR(128) NOT NULL,
  origin      VARCHAR(200) NOT NULL,
  kind        VARCHAR(64)  NOT NULL,
  subject     VARCHAR(300) NOT NULL,
  detail      TEXT         NOT NULL
);
CREATE INDEX audit_log_by_kind ON audit_log (kind, id);
CREATE INDEX audit_log_by_subject ON audit_log (subject, id);
CREATE INDEX audit_log_by_actor ON audit_log (actor, id);
