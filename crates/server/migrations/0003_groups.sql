-- Whether those who join a conversation see what was said before: 1 or 0. It was so for all groups until now.
ALTER TABLE conversation ADD COLUMN shared_history BIGINT NOT NULL DEFAULT 1;
