-- Groups that hold channels; a conversation of several people is made by another name.

-- A group's own facts.
CREATE TABLE group_info (
    id BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,
    name TEXT NOT NULL,
    about TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who is or was in a group.
CREATE TABLE group_member (
    group_id BLOB NOT NULL,
    user BLOB NOT NULL,
    seq INTEGER NOT NULL,
    role TEXT NOT NULL,
    joined_at INTEGER NOT NULL,
    left_at INTEGER,
    PRIMARY KEY (group_id, user)
) STRICT, WITHOUT ROWID;

-- The groups that I am or was in.
CREATE TABLE group_membership (
    group_id BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,
    role TEXT NOT NULL,
    joined_at INTEGER NOT NULL,
    left_at INTEGER,
    vis_ver INTEGER NOT NULL        -- of the group's stream and its public channels
) STRICT, WITHOUT ROWID;

-- The public channels of my groups.
CREATE TABLE channel (
    conversation BLOB PRIMARY KEY,
    group_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    name TEXT NOT NULL,
    topic TEXT NOT NULL,
    closed INTEGER NOT NULL         -- 1: not public any more, a tombstone
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_group ON channel (group_id);

-- Which channel is of which group. Kept when the rows go, so that what arrives late of a group that I have left is known as such.
CREATE TABLE home (
    conversation BLOB PRIMARY KEY,
    group_id BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX home_group ON home (group_id);

ALTER TABLE conversation ADD COLUMN group_id BLOB;                     -- of channels
ALTER TABLE conversation ADD COLUMN private INTEGER NOT NULL DEFAULT 0;  -- of channels, 1: for its members alone
ALTER TABLE membership ADD COLUMN group_id BLOB;                       -- of private channels

UPDATE outbox SET what = 'create_conversation', intent = json_object('create_conversation', intent -> '$.create_group')
WHERE what = 'create_group';
