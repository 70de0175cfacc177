-- SPDX-License-Identifier: MPL-2.0
-- A dialogue on statements: agree, disagree or pass.  Statements and voters
-- have numbers within their dialogue, 0, 1, 2, ..., as the engine counts them.

CREATE TABLE dialogue (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	question TEXT NOT NULL,
	about TEXT NOT NULL,          -- to the citizen: why, and what comes of it
	tension :id,                  -- between agendas, that it grew from
	activity :id,
	state TEXT NOT NULL,          -- draft, open, closed
	ends TEXT NOT NULL,           -- the last day; '' none is set
	door TEXT NOT NULL,           -- codes, link: who may come in
	own TEXT NOT NULL,            -- before, after, no: statements of theirs are
				      -- shown once read, at once, or not wanted
	pause :int NOT NULL,          -- ask after so many; 0: never
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, tension) REFERENCES tension (org, network, id)
	, FOREIGN KEY (org, network, activity) REFERENCES activity (org, network, id)
) :strict;

-- An address names the dialogue alone.
CREATE UNIQUE INDEX dialogue_id ON dialogue (org, id);

CREATE TABLE statement (
	org :id NOT NULL,
	network :id NOT NULL,
	dialogue :id NOT NULL,
	number :int NOT NULL,
	once :id NOT NULL,            -- names the request that made it
	text TEXT NOT NULL,           -- '' when it was taken back
	state TEXT NOT NULL,          -- waiting, shown, refused, gone
	reason TEXT NOT NULL,         -- why it is refused; its writer reads it
	meta :int NOT NULL,           -- 1: about the dialogue itself
	seed :int NOT NULL,           -- 1: there from the start
	source TEXT NOT NULL,         -- staff, citizen, agenda, import
	author :int,                  -- number of the voter; null: none
	account :id,
	at_us :int NOT NULL,
	changed_us :int NOT NULL,
	PRIMARY KEY (org, network, dialogue, number),
	UNIQUE (org, network, dialogue, once)
	, FOREIGN KEY (org, network, dialogue) REFERENCES dialogue (org, network, id)
) :strict;

-- Whoever votes.  key: a keyed hash of whom it stands for (a person with a
-- code, an account, a device that came by the open link), so that this table
-- names nobody.
CREATE TABLE voter (
	org :id NOT NULL,
	network :id NOT NULL,
	dialogue :id NOT NULL,
	number :int NOT NULL,
	key :bytes NOT NULL,
	way TEXT NOT NULL,            -- code, link, account, import
	since_us :int NOT NULL,
	PRIMARY KEY (org, network, dialogue, number),
	UNIQUE (org, network, dialogue, key)
	, FOREIGN KEY (org, network, dialogue) REFERENCES dialogue (org, network, id)
) :strict;

-- Every vote as it came, changed ones too: of a voter on a statement the
-- greatest seq counts.  Rows are only added, but for who is erased.
CREATE TABLE vote (
	org :id NOT NULL,
	network :id NOT NULL,
	dialogue :id NOT NULL,
	seq :int NOT NULL,
	voter :int NOT NULL,
	statement :int NOT NULL,
	vote :int NOT NULL,           -- 1 agree, 0 pass, -1 disagree
	at_us :int NOT NULL,
	PRIMARY KEY (org, network, dialogue, seq)
) :strict;
CREATE UNIQUE INDEX vote_voter ON vote (org, network, dialogue, voter, statement, seq);

-- How often votes were deleted (somebody was erased), so that whoever keeps
-- them in memory reads them anew.
CREATE TABLE dialogue_erased (
	org :id NOT NULL,
	network :id NOT NULL,
	dialogue :id NOT NULL,
	times :int NOT NULL,
	PRIMARY KEY (org, network, dialogue)
) :strict;
