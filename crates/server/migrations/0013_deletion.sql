-- Accounts that their person has deleted. What is left of one is its id, so that what stood on it still has something to stand on.

-- When the account was deleted; NULL while it is not.
ALTER TABLE account ADD COLUMN deleted_at BIGINT;

-- When everything that its person had written was gone as well; NULL until then.
ALTER TABLE account ADD COLUMN erased_at BIGINT;

-- Finds those whose messages are still to go.
CREATE INDEX account_to_erase ON account (deleted_at) WHERE deleted_at IS NOT NULL AND erased_at IS NULL;
