-- Accounts at OpenID Connect providers by which people sign in. An account whose password_hash is empty has no password: its person signs in
-- by one of these.
CREATE TABLE external_account (
    -- Its id, by which its person ends it.
    id BYTEA NOT NULL PRIMARY KEY,
    -- Whose it is here.
    account BYTEA NOT NULL REFERENCES account (id),
    -- By which protocol: 'oidc'.
    type TEXT NOT NULL,
    -- The provider's issuer.
    provider TEXT NOT NULL,
    -- The account's subject there, which never changes and is nobody else's.
    provider_account_id TEXT NOT NULL,
    -- The address or name that it goes by there, for its person.
    label TEXT NOT NULL,
    -- What renews the tokens, encrypted under a key that is not in the database and bound to this row; NULL: the provider gave none.
    refresh_token BYTEA,
    -- What the provider lets the server read, encrypted likewise.
    access_token BYTEA,
    -- What the provider said of the person the last time, encrypted likewise.
    id_token BYTEA,
    -- Which key that was: the beginning of its hash.
    sealed_by TEXT NOT NULL,
    -- When the access token ends; NULL: nobody said.
    expires_at BIGINT,
    -- When the tokens are renewed next; NULL: never.
    refresh_at BIGINT,
    -- How the access token is shown: 'bearer'.
    token_type TEXT,
    -- What it is good for.
    scope TEXT,
    -- What the provider called the session in the browser, if it did.
    session_state TEXT,
    -- When it was linked.
    linked_at BIGINT NOT NULL,
    -- Since when the provider refuses to renew; NULL: it does not.
    refused_at BIGINT
);

-- An account of a provider is one person's.
CREATE UNIQUE INDEX external_account_by_provider ON external_account (provider, provider_account_id);

-- Finds what somebody has linked.
CREATE INDEX external_account_by_account ON external_account (account);

-- Finds what is to be renewed.
CREATE INDEX external_account_by_refresh_at ON external_account (refresh_at);
