-- 1: those who join a conversation see what was said before.
ALTER TABLE conversation ADD COLUMN shared_history INTEGER NOT NULL DEFAULT 1;
