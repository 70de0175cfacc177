-- SPDX-License-Identifier: MPL-2.0
-- What is done later: mail that goes out, and jobs.  due_us says when somebody
-- should look at a row again: the next try, or the end of the lease of whoever
-- works on it; null when nobody should.

CREATE TABLE outbox (
	org :id NOT NULL,
	id :id NOT NULL,
	kind TEXT NOT NULL,           -- signin, reminder, ...
	state TEXT NOT NULL,          -- waiting, sending, sent, failed, kept
	once TEXT,                    -- two with the same one are one mail
	recipient_hash :bytes NOT NULL, -- keyed, to find a person's mail
	recipient :bytes NOT NULL,    -- sealed, like the next two
	subject :bytes NOT NULL,
	body :bytes,                  -- null as soon as it is sent
	attempts :int NOT NULL,
	created_us :int NOT NULL,
	due_us :int,
	lease :id,                    -- of the one who sends it now
	ended_us :int,
	fault TEXT NOT NULL,          -- a word: why the last try failed
	PRIMARY KEY (org, id),
	UNIQUE (org, once)
	, FOREIGN KEY (org) REFERENCES organisation (org)
) :strict;
CREATE INDEX outbox_due ON outbox (due_us);
CREATE INDEX outbox_recipient ON outbox (org, recipient_hash);

CREATE TABLE job (
	org :id NOT NULL,
	id :id NOT NULL,
	network :id,                  -- null: the organisation's own
	account :id,                  -- who asked for it; null: the program
	kind TEXT NOT NULL,
	args TEXT NOT NULL,           -- JSON: ids and numbers, no content
	state TEXT NOT NULL,          -- waiting, running, done, failed
	attempts :int NOT NULL,
	done :int NOT NULL,           -- of `total`; 0 of 0: not known
	total :int NOT NULL,
	created_us :int NOT NULL,
	due_us :int,
	lease :id,
	ended_us :int,
	fault TEXT NOT NULL,
	result TEXT NOT NULL,         -- where the outcome lies, or ''
	PRIMARY KEY (org, id)
	, FOREIGN KEY (org) REFERENCES organisation (org)
) :strict;
CREATE INDEX job_due ON job (due_us);
CREATE INDEX job_network ON job (org, network, id);
