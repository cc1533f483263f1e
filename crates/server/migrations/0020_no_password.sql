-- Who signs in by a provider alone has no password, rather than an empty hash. SQLite cannot let a column do without a value that had to have one, so
-- another column takes its place, which nothing that refers to the table notices.

-- The password's PHC string (Argon2id); NULL: there is none, and its person signs in by a provider.
ALTER TABLE account ADD COLUMN password_phc TEXT;

UPDATE account SET password_phc = password_hash WHERE password_hash <> '';

ALTER TABLE account DROP COLUMN password_hash;

ALTER TABLE account RENAME COLUMN password_phc TO password_hash;
