-- SPDX-License-Identifier: MPL-2.0
-- How long what a network holds about people is kept (R17): the clock starts
-- when the network ends, the archive decides, and then it is deleted.  What is
-- deleted, and why, stands in src/model/retention_rules.c.

CREATE TABLE retention (
	org :id NOT NULL,
	network :id NOT NULL,
	ended_us :int NOT NULL,       -- when it was seen to have ended
	decision TEXT NOT NULL,       -- keep, discard; '' not decided
	reference TEXT NOT NULL,      -- of the archive's letter
	day TEXT NOT NULL,            -- of that letter
	handed TEXT NOT NULL,         -- keep: when the archive got its version
	decided_us :int,
	decided_by :id,
	begun_us :int,
	done_us :int,
	rows_gone :int NOT NULL,
	PRIMARY KEY (org, network)
) :strict;

-- What the daily look saw of the clock.
CREATE TABLE retention_clock (
	org :id NOT NULL,
	seen_us :int NOT NULL,        -- the last look
	asked_us :int NOT NULL,       -- the last job
	held_us :int,                 -- the clock jumped; null: it did not, or
				      -- somebody said that it is right
	held_table TEXT NOT NULL,     -- where too much would have gone, or ''
	held_share :int NOT NULL,     -- that much of it, in per cent
	PRIMARY KEY (org)
	, FOREIGN KEY (org) REFERENCES organisation (org)
) :strict;

-- Somebody wants to be deleted and cannot be at once.  While a row is here,
-- what they said is seen by those alone who look after it.
CREATE TABLE erasure (
	org :id NOT NULL,
	network :id NOT NULL,
	person :id NOT NULL,
	asked_us :int NOT NULL,
	account :id,                  -- who noted it
	longer TEXT NOT NULL,         -- why it takes two months more, or ''
	ground TEXT NOT NULL,         -- why it is refused: journal, archive,
				      -- law, claim; '' not answered yet
	note TEXT NOT NULL,
	answered_us :int,
	answered_by :id,
	PRIMARY KEY (org, network, person)
	, FOREIGN KEY (org, network, person) REFERENCES person (org, network, id)
) :strict;
