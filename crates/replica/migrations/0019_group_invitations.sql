-- Into which group an invitation is, and its name when it was made; none for a friend request.
ALTER TABLE invitation ADD COLUMN group_id BLOB;
ALTER TABLE invitation ADD COLUMN group_name TEXT;
