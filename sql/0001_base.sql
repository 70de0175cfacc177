-- SPDX-License-Identifier: MPL-2.0
-- Who we are, who may sign in, and one network's plan.
-- The words :id :int :real :bytes :strict are each database's own types
-- (src/db/migrate.h).  org leads every key: an organisation's rows lie
-- together, a network's rows within them.

CREATE TABLE organisation (
	org :id NOT NULL,
	short TEXT NOT NULL,          -- leads its codes and cookies
	host TEXT NOT NULL,           -- the host name staff use; '' for any
	name TEXT NOT NULL,
	contact TEXT NOT NULL,        -- where citizens and staff ask
	created_us :int NOT NULL,
	PRIMARY KEY (org)
) :strict;

-- Names and addresses of people, sealed with a key per person that is itself
-- wrapped by the installation's key.  Destroying the key erases the person.
CREATE TABLE vault (
	org :id NOT NULL,
	person :id NOT NULL,
	wrapped_key :bytes NOT NULL,
	name :bytes NOT NULL,
	mail :bytes,
	mail_hash :bytes,             -- keyed, for look-up
	PRIMARY KEY (org, person),
	UNIQUE (org, mail_hash)
	, FOREIGN KEY (org) REFERENCES organisation (org)
) :strict;

CREATE TABLE account (
	org :id NOT NULL,
	id :id NOT NULL,              -- also the person in the vault
	state TEXT NOT NULL,          -- active, disabled
	lang TEXT NOT NULL,           -- da, en
	is_admin :int NOT NULL,
	is_secretariat :int NOT NULL,
	reminders :int NOT NULL,      -- 1: tasks are called to mind by mail
	password TEXT,                -- Argon2id, libsodium's string form
	totp_key :bytes,              -- sealed; set but not confirmed while
	totp_on :int NOT NULL,        -- this is 0
	totp_step :int NOT NULL,      -- the last one used
	feed_hash :bytes,             -- calendar feed
	created_us :int NOT NULL,
	changed_us :int NOT NULL,
	PRIMARY KEY (org, id)
	, FOREIGN KEY (org, id) REFERENCES vault (org, person)
) :strict;
CREATE INDEX account_feed ON account (org, feed_hash);

CREATE TABLE session (
	org :id NOT NULL,
	token_hash :bytes NOT NULL,
	account :id NOT NULL,
	stage TEXT NOT NULL,          -- full; code: the second factor is due
	created_us :int NOT NULL,
	seen_us :int NOT NULL,
	ends_us :int NOT NULL,
	PRIMARY KEY (org, token_hash)
	, FOREIGN KEY (org, account) REFERENCES account (org, id)
) :strict;
CREATE INDEX session_account ON session (org, account);

-- One-time sign-in links.  Used ones stay until they expire, so that a second
-- click can be told from a wrong link.
CREATE TABLE link (
	org :id NOT NULL,
	token_hash :bytes NOT NULL,
	account :id NOT NULL,
	created_us :int NOT NULL,
	ends_us :int NOT NULL,
	used_us :int,
	PRIMARY KEY (org, token_hash)
	, FOREIGN KEY (org, account) REFERENCES account (org, id)
) :strict;

-- A form's key and where its first POST led: a repeated one goes there too.
CREATE TABLE once (
	org :id NOT NULL,
	id :id NOT NULL,
	account :id NOT NULL,
	at_us :int NOT NULL,
	location TEXT NOT NULL,
	PRIMARY KEY (org, id)
) :strict;

-- The audit chains: one a network, one for the organisation (chain = org).
CREATE TABLE audit (
	org :id NOT NULL,
	chain :id NOT NULL,
	seq :int NOT NULL,
	at_us :int NOT NULL,
	account :id,                  -- null: the program itself
	action TEXT NOT NULL,
	object :id,
	hash :bytes NOT NULL,
	PRIMARY KEY (org, chain, seq)
) :strict;

CREATE TABLE audit_head (
	org :id NOT NULL,
	chain :id NOT NULL,
	seq :int NOT NULL,
	hash :bytes NOT NULL,
	PRIMARY KEY (org, chain)
) :strict;

-- Every state that a part of a network ever had.
CREATE TABLE revision (
	org :id NOT NULL,
	network :id NOT NULL,
	object :id NOT NULL,
	kind TEXT NOT NULL,
	rev :int NOT NULL,
	at_us :int NOT NULL,
	account :id,
	removed :int NOT NULL,
	fields TEXT NOT NULL,         -- JSON object: field name to text
	PRIMARY KEY (org, network, object, kind, rev)
) :strict;
