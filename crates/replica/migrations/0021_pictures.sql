-- What people look like, and who they are in their own words.
ALTER TABLE profile ADD COLUMN picture BLOB;                    -- what the server calls it; null: nothing
ALTER TABLE profile ADD COLUMN about TEXT NOT NULL DEFAULT '';

-- They may have said so before.
UPDATE profile SET ver = 0;

-- What I have said of that, and who sees the picture.
ALTER TABLE account ADD COLUMN picture BLOB;
ALTER TABLE account ADD COLUMN picture_to TEXT NOT NULL DEFAULT 'everyone';
ALTER TABLE account ADD COLUMN about TEXT NOT NULL DEFAULT '';

-- Pictures that were on the screen, as long as a profile names them.
CREATE TABLE picture (
    id BLOB NOT NULL,
    size TEXT NOT NULL,             -- 'small', 'large'
    bytes BLOB NOT NULL,            -- a JPEG
    PRIMARY KEY (id, size)
) STRICT;
