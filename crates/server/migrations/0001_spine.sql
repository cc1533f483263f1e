-- Accounts, sessions, conversations, messages, and what sync needs to tell what moved.
-- One text for both databases: on SQLite BIGINT becomes INTEGER, BYTEA becomes BLOB, and every table is STRICT.
-- Ids are UUIDs in 16 bytes; times are milliseconds since 1970-01-01 UTC on the server's clock.

-- Facts about this database as a whole.
CREATE TABLE meta (
    -- What the fact is called: 'starts'.
    name TEXT NOT NULL PRIMARY KEY,
    -- The fact, as text.
    value TEXT NOT NULL
);

-- The incarnations of this database; the one with the greatest number is in force.
CREATE TABLE epoch (
    -- Counts from 1.
    number BIGINT NOT NULL PRIMARY KEY,
    -- The epoch's id, as it travels.
    id BYTEA NOT NULL UNIQUE,
    -- When it began: at the first start, or when a restored backup was noticed.
    began_at BIGINT NOT NULL
);

-- One row per shard: its lock, and how far its change log goes.
CREATE TABLE shard (
    -- Which shard; there is one, 0.
    shard BIGINT NOT NULL PRIMARY KEY,
    -- The number of the newest entry in the change log.
    n BIGINT NOT NULL,
    -- Entries up to this number have been pruned; an older watermark is answered with full heads.
    floor BIGINT NOT NULL
);

-- People.
CREATE TABLE account (
    -- The person's id.
    id BYTEA NOT NULL PRIMARY KEY,
    -- The username as written at sign-up.
    username TEXT NOT NULL,
    -- The username folded (NFKC and case), by which it is compared.
    username_key TEXT NOT NULL UNIQUE,
    -- The first name.
    first_name TEXT NOT NULL,
    -- The last name; may be empty.
    last_name TEXT NOT NULL,
    -- Username and names folded, each word after a space, for people search.
    search_key TEXT NOT NULL,
    -- The Argon2id hash with its parameters and salt (PHC string).
    password_hash TEXT NOT NULL,
    -- 'admin', 'member' or 'guest'.
    role TEXT NOT NULL,
    -- When the account was made.
    created_at BIGINT NOT NULL,
    -- The place of this row's last change in its own user stream.
    seq BIGINT NOT NULL
);

-- Finds out quickly whether there is an admin.
CREATE INDEX account_by_role ON account (role);

-- Signed-in devices.
CREATE TABLE session (
    -- The session's id, as the person sees it listed.
    id BYTEA NOT NULL PRIMARY KEY,
    -- Whose session it is.
    account BYTEA NOT NULL REFERENCES account (id),
    -- SHA-256 of the token; the token itself is nowhere.
    token_hash BYTEA NOT NULL UNIQUE,
    -- The profile's device id.
    device BYTEA NOT NULL,
    -- The device's name, as its owner calls it.
    device_name TEXT NOT NULL,
    -- 'linux', 'macos', 'windows' or what the client said.
    platform TEXT NOT NULL,
    -- When it signed in.
    created_at BIGINT NOT NULL,
    -- When it last opened a socket, or signed in.
    seen_at BIGINT NOT NULL,
    -- When it ended; NULL while it is good.
    ended_at BIGINT
);

-- Lists a person's sessions.
CREATE INDEX session_by_account ON session (account);

-- Second copies of the replicas' keys.
CREATE TABLE device_key (
    -- Whose replica it is.
    account BYTEA NOT NULL REFERENCES account (id),
    -- The profile's device id.
    device BYTEA NOT NULL,
    -- The replica's key, encrypted under a secret that only the profile's disk has; base64, opaque here.
    wrapped TEXT NOT NULL,
    -- When it was stored.
    stored_at BIGINT NOT NULL,
    PRIMARY KEY (account, device)
);

-- Where messages live.
CREATE TABLE conversation (
    -- The conversation's id; for a direct one it follows from the two people's ids.
    id BYTEA NOT NULL PRIMARY KEY,
    -- 'direct' or 'group'.
    kind TEXT NOT NULL,
    -- Its name; empty for a direct conversation.
    name TEXT NOT NULL,
    -- What it is about; may be empty.
    topic TEXT NOT NULL,
    -- Who made it.
    created_by BYTEA NOT NULL REFERENCES account (id),
    -- When it was made.
    created_at BIGINT NOT NULL,
    -- The place of this row's last change in the conversation's stream.
    seq BIGINT NOT NULL
);

-- Who is or was in which conversation, and what they may see of it.
CREATE TABLE member (
    -- The conversation.
    conversation BYTEA NOT NULL REFERENCES conversation (id),
    -- The person.
    account BYTEA NOT NULL REFERENCES account (id),
    -- 'owner', 'admin' or 'member'.
    role TEXT NOT NULL,
    -- When they joined.
    joined_at BIGINT NOT NULL,
    -- When they left or were removed; NULL while they are in it.
    left_at BIGINT,
    -- The window of what they may see begins at this pos.
    from_pos BIGINT NOT NULL,
    -- The window ends before this pos; NULL means that it is open.
    to_pos BIGINT,
    -- Counts changes of the window; a replica's copy of another version is reset.
    vis_ver BIGINT NOT NULL,
    -- The place of the member row's last change in the conversation's members stream.
    seq BIGINT NOT NULL,
    -- The place of the membership row's last change in the person's user stream.
    membership_seq BIGINT NOT NULL,
    PRIMARY KEY (conversation, account)
);

-- Pulls of members streams.
CREATE INDEX member_by_seq ON member (conversation, seq);
-- Pulls of user streams, and a person's conversations.
CREATE INDEX member_by_account ON member (account, membership_seq);

-- What people read.
CREATE TABLE message (
    -- The message's id, which is the id of the mutation that made it.
    id BYTEA NOT NULL PRIMARY KEY,
    -- Where it stands.
    conversation BYTEA NOT NULL REFERENCES conversation (id),
    -- Its place in the conversation, dense from 1; it never changes.
    pos BIGINT NOT NULL,
    -- The place of its last change in the conversation's stream.
    seq BIGINT NOT NULL,
    -- Who wrote it.
    sender BYTEA NOT NULL REFERENCES account (id),
    -- The body's envelope as JSON; NULL for a tombstone.
    body TEXT,
    -- When it was accepted.
    created_at BIGINT NOT NULL,
    -- When it was last edited; NULL if never.
    edited_at BIGINT,
    -- Counts edits from 0.
    revision BIGINT NOT NULL
);

-- History, unread counts, last messages.
CREATE UNIQUE INDEX message_by_pos ON message (conversation, pos);
-- Pulls of conversation streams.
CREATE INDEX message_by_seq ON message (conversation, seq);

-- How far each person has read each conversation.
CREATE TABLE read_marker (
    -- Whose marker it is.
    account BYTEA NOT NULL REFERENCES account (id),
    -- In which conversation.
    conversation BYTEA NOT NULL REFERENCES conversation (id),
    -- The pos of the newest message read.
    pos BIGINT NOT NULL,
    -- When it moved.
    moved_at BIGINT NOT NULL,
    -- The place of this row's last change in the person's user stream.
    seq BIGINT NOT NULL,
    PRIMARY KEY (account, conversation)
);

-- Pulls of user streams.
CREATE INDEX read_marker_by_seq ON read_marker (account, seq);

-- Streams that have moved at least once.
CREATE TABLE stream (
    -- 'user', 'conversation' or 'members'.
    kind TEXT NOT NULL,
    -- Whose stream: the account's or the conversation's id.
    owner BYTEA NOT NULL,
    -- The number of its newest commit, dense from 1; every row that one mutation changed in the stream carries the same.
    head BIGINT NOT NULL,
    -- Tombstones up to here may be gone; a cursor below it is answered with a reset.
    floor BIGINT NOT NULL,
    PRIMARY KEY (kind, owner)
);

-- Which streams moved, in the order of commits: what heads and the tail read.
CREATE TABLE change_log (
    -- The shard that committed.
    shard BIGINT NOT NULL,
    -- Dense within the shard, without holes that fill later.
    n BIGINT NOT NULL,
    -- The kind of the stream that moved.
    kind TEXT NOT NULL,
    -- Its owner.
    owner BYTEA NOT NULL,
    -- Its head after that commit.
    head BIGINT NOT NULL,
    PRIMARY KEY (shard, n)
);

-- Mutations that were applied, so that a retry has the same effect as no retry.
CREATE TABLE mutation (
    -- The client's id for it.
    id BYTEA NOT NULL PRIMARY KEY,
    -- Who sent it: ids are scoped to their author.
    account BYTEA NOT NULL,
    -- Its name, such as 'send_message'.
    intent TEXT NOT NULL,
    -- SHA-256 of its canonical content: the same id with another one is refused.
    payload_hash BYTEA NOT NULL,
    -- Which rows of which streams it changed (JSON); a retry reads them again at their newest.
    result TEXT NOT NULL,
    -- When it was applied.
    applied_at BIGINT NOT NULL
);

-- Pruning after 90 days.
CREATE INDEX mutation_by_time ON mutation (applied_at);

INSERT INTO shard (shard, n, floor) VALUES (0, 0, 0);
