-- Invitations into groups.

-- The group's name when the invitation was made: who is asked does not see the group's rows yet; NULL for friends.
ALTER TABLE invitation ADD COLUMN group_name TEXT;

-- Who is asked into a group that somebody comes into, or that is deleted.
CREATE INDEX invitation_by_group ON invitation (group_id, receiver);
