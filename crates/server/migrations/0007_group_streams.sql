-- Groups that hold channels. A public channel is everybody's in its group: it has neither members nor windows of its own.

-- People who share channels.
CREATE TABLE group_info (
    -- The group's id.
    id BYTEA NOT NULL PRIMARY KEY,
    -- Its name.
    name TEXT NOT NULL,
    -- What it is about; may be empty.
    about TEXT NOT NULL,
    -- Who made it.
    created_by BYTEA NOT NULL REFERENCES account (id),
    -- When it was made.
    created_at BIGINT NOT NULL,
    -- The place of this row's last change in the group's stream.
    seq BIGINT NOT NULL
);

-- Who is or was in which group: rows of group streams.
CREATE TABLE group_member (
    -- The group.
    group_id BYTEA NOT NULL REFERENCES group_info (id),
    -- The person.
    account BYTEA NOT NULL REFERENCES account (id),
    -- 'owner', 'admin' or 'member'.
    role TEXT NOT NULL,
    -- When they joined, the last time.
    joined_at BIGINT NOT NULL,
    -- When they left or were removed; NULL while they are in it.
    left_at BIGINT,
    -- The place of this row's last change in the group's stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (group_id, account)
);

-- Pulls of group streams.
CREATE INDEX group_member_by_seq ON group_member (group_id, seq);

-- The same from each person's side, with the version of what they see: rows of user streams.
CREATE TABLE group_membership (
    -- The person.
    account BYTEA NOT NULL REFERENCES account (id),
    -- The group.
    group_id BYTEA NOT NULL REFERENCES group_info (id),
    -- 'owner', 'admin' or 'member'.
    role TEXT NOT NULL,
    -- When they joined, the last time.
    joined_at BIGINT NOT NULL,
    -- When they left or were removed; NULL while they are in it.
    left_at BIGINT,
    -- Counts leaving and coming back: the version of the group's stream and its public channels for this person.
    vis_ver BIGINT NOT NULL,
    -- The place of this row's last change in the person's user stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (account, group_id)
);

-- Pulls of user streams.
CREATE INDEX group_membership_by_seq ON group_membership (account, seq);

-- The group whose channel it is; NULL for conversations outside groups.
ALTER TABLE conversation ADD COLUMN group_id BYTEA REFERENCES group_info (id);
-- Of a channel, 1: for its members alone; 0: for everybody in the group.
ALTER TABLE conversation ADD COLUMN private BIGINT NOT NULL DEFAULT 0;

-- A group's channels.
CREATE INDEX conversation_by_group ON conversation (group_id) WHERE group_id IS NOT NULL;

-- Channels that are or were public: rows of group streams.
CREATE TABLE channel (
    -- The conversation.
    conversation BYTEA NOT NULL PRIMARY KEY REFERENCES conversation (id),
    -- The group.
    group_id BYTEA NOT NULL REFERENCES group_info (id),
    -- Its name; empty once it is closed.
    name TEXT NOT NULL,
    -- What it is about; may be empty.
    topic TEXT NOT NULL,
    -- 1 once it is not public any more: a tombstone.
    closed BIGINT NOT NULL,
    -- The place of this row's last change in the group's stream.
    seq BIGINT NOT NULL
);

-- Pulls of group streams.
CREATE INDEX channel_by_seq ON channel (group_id, seq);
