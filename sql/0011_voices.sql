-- SPDX-License-Identifier: MPL-2.0
-- What people said: their own words, what they agreed to, and what it is used
-- for.  No name and no way to reach anybody stands here (those: vault).

CREATE TABLE contribution (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,              -- sorts by when it came in
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,               -- null: the person themselves
	at_us :int NOT NULL,          -- when it came in
	account :id,                  -- who noted it; null: the person
	person :id,                   -- who said it; null: nobody who has a code
	actor_kind TEXT NOT NULL,     -- catalogue/actor_kinds.json
	teller TEXT NOT NULL,         -- self, staff, phone, paper, proxy, import
	kind TEXT NOT NULL,           -- challenge, anecdote, quote, idea,
				      -- feedback, observation, step, wish
	original TEXT NOT NULL,       -- never changed; emptied when withdrawn
	wording TEXT NOT NULL,        -- shown instead of it; '' the original is
	shortened :int NOT NULL,      -- 1: a quote that was shortened
	approval TEXT NOT NULL,       -- of the wording: '', asked, yes, no
	state TEXT NOT NULL,          -- received, reviewed, approved, used,
				      -- not_used, answered, withdrawn
	reason TEXT NOT NULL,         -- why it is not used
	activity :id,
	phase :id,
	target_group :id,
	basis TEXT NOT NULL,          -- public_task, consent, legal_duty
	scope :int NOT NULL,          -- 0 internal, 1 network, 2 decision, 3 public
	anonymity TEXT NOT NULL,      -- name, alias, none
	given_by TEXT NOT NULL,       -- self, parent, guardian, support
	withdrawn_us :int,
	PRIMARY KEY (org, network, id)
) :strict;

-- Holds all that the list is filtered by, so that filtering reads no words.
CREATE INDEX contribution_filter ON contribution (org, network, id, state, kind,
	target_group, activity, phase, scope, account, person, actor_kind);
CREATE INDEX contribution_person ON contribution (org, network, person, id);
CREATE INDEX contribution_activity ON contribution (org, network, activity, state);

-- What was agreed to, each time; rows are only added.  The text is the one that
-- was read out or shown, so that a later change of it changes no receipt.
CREATE TABLE consent (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	contribution :id NOT NULL,
	person :id,
	at_us :int NOT NULL,
	account :id,                  -- who noted it; null: the person
	event TEXT NOT NULL,          -- given, changed, withdrawn
	basis TEXT NOT NULL,
	scope :int NOT NULL,
	anonymity TEXT NOT NULL,
	given_by TEXT NOT NULL,
	age TEXT NOT NULL,            -- the person's band at that time
	text TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;
CREATE INDEX consent_contribution ON consent (org, network, contribution, id);

CREATE TABLE contribution_tag (
	org :id NOT NULL,
	network :id NOT NULL,
	contribution :id NOT NULL,
	tag TEXT NOT NULL,
	PRIMARY KEY (org, network, contribution, tag)
) :strict;
CREATE INDEX contribution_by_tag ON contribution_tag (org, network, tag, contribution);

-- What came of what: the parts of one that was split, and the ones that were
-- merged into one.
CREATE TABLE contribution_origin (
	org :id NOT NULL,
	network :id NOT NULL,
	contribution :id NOT NULL,
	made_of :id NOT NULL,
	way TEXT NOT NULL,            -- split, merged
	at_us :int NOT NULL,
	account :id,
	PRIMARY KEY (org, network, contribution, made_of)
) :strict;
CREATE INDEX contribution_made ON contribution_origin (org, network, made_of);

-- What a network has understood, and a contribution that speaks for it or
-- against it.
CREATE TABLE insight (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	statement TEXT NOT NULL,
	question :id,                 -- the open question that it answers
	tension :id,                  -- between agendas, that it bears on
	note TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, question) REFERENCES question (org, network, id)
	, FOREIGN KEY (org, network, tension) REFERENCES tension (org, network, id)
) :strict;

CREATE TABLE evidence (
	org :id NOT NULL,
	network :id NOT NULL,
	insight :id NOT NULL,
	contribution :id NOT NULL,
	stance TEXT NOT NULL,         -- for, against
	at_us :int NOT NULL,
	account :id,
	PRIMARY KEY (org, network, insight, contribution)
	, FOREIGN KEY (org, network, insight) REFERENCES insight (org, network, id)
) :strict;
CREATE INDEX evidence_contribution ON evidence (org, network, contribution);

-- A file with what people said that left the house: where to look for what was
-- withdrawn since.  due_us and told_us are of the calling back.
CREATE TABLE voices_export (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	at_us :int NOT NULL,
	account :id,
	scope :int NOT NULL,          -- whom it was for
	format TEXT NOT NULL,
	rows_out :int NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;

CREATE TABLE recall (
	org :id NOT NULL,
	network :id NOT NULL,
	contribution :id NOT NULL,
	export :id NOT NULL,
	due_us :int NOT NULL,
	done_us :int,
	done_by :id,
	PRIMARY KEY (org, network, contribution, export)
) :strict;
