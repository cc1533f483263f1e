-- The language in which letters to this person are written, by its tag, as the app that connected last said it; empty where none has said one.
ALTER TABLE account ADD COLUMN language TEXT NOT NULL DEFAULT '';
