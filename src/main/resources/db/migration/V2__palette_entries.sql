-- The revision of each palette entry, so that an entry's ETag outlives a restart.
CREATE TABLE palette_entries (
  id       VARCHAR(64) NOT NULL PRIMARY KEY,
  revision BIGINT      NOT NULL,
  hash     VARCHAR(64) NOT NULL
);
