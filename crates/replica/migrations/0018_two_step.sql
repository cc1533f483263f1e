-- Whether signing in to my account takes a second step.
ALTER TABLE account ADD COLUMN two_step_at INTEGER;     -- since when; null: it does not
