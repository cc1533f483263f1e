-- How I stand to the server: what my role is called, what it allows, and what I become when my address is verified.
ALTER TABLE account ADD COLUMN role_name TEXT;                  -- of a role that an admin made
ALTER TABLE account ADD COLUMN permissions TEXT NOT NULL DEFAULT 'find_people start_conversations create_groups';
ALTER TABLE account ADD COLUMN role_waits TEXT;

-- 1: their account waits, and they read nothing meanwhile.
ALTER TABLE profile ADD COLUMN deactivated INTEGER NOT NULL DEFAULT 0;

-- They may be so already.
UPDATE profile SET ver = 0;
