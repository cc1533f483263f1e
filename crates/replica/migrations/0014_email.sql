-- Where codes go that are for me.
ALTER TABLE account ADD COLUMN email TEXT;              -- null: I have given none
ALTER TABLE account ADD COLUMN email_verified_at INTEGER;   -- null: not verified yet
