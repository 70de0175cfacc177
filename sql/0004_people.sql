-- SPDX-License-Identifier: MPL-2.0
-- The people who are asked: target groups weighed against each other, one row
-- a person and network, their sealed contact details, how often they were
-- asked, and who looked.

ALTER TABLE target_group ADD COLUMN knowledge TEXT NOT NULL DEFAULT '';
ALTER TABLE target_group ADD COLUMN motivation TEXT NOT NULL DEFAULT '';
ALTER TABLE target_group ADD COLUMN absence TEXT NOT NULL DEFAULT '';
ALTER TABLE target_group ADD COLUMN vulnerability TEXT NOT NULL DEFAULT '';
ALTER TABLE target_group ADD COLUMN estimate :int NOT NULL DEFAULT 0;
ALTER TABLE target_group ADD COLUMN finding TEXT NOT NULL DEFAULT '';
ALTER TABLE target_group ADD COLUMN state TEXT NOT NULL DEFAULT 'proposed';
ALTER TABLE target_group ADD COLUMN reason TEXT NOT NULL DEFAULT '';

-- Sealed with the person's key like name and mail.  The two keyed hashes find
-- the same person in another network; several may share one (a couple's phone),
-- and the mail's is apart from that of accounts, so that nobody who registers
-- can be in the way of one.  guardian: who said yes for somebody under 15.
ALTER TABLE vault ADD COLUMN phone :bytes;
ALTER TABLE vault ADD COLUMN phone_hash :bytes;
ALTER TABLE vault ADD COLUMN contact_hash :bytes;
ALTER TABLE vault ADD COLUMN address :bytes;
ALTER TABLE vault ADD COLUMN guardian :bytes;
CREATE INDEX vault_phone ON vault (org, phone_hash);
CREATE INDEX vault_contact ON vault (org, contact_hash);

-- One person in one network, known there by a number and an alias.  Needs and
-- wishes are those the person told; needs_asked_us is null until asked.
-- Erasing a person empties the row's words and drops its vault entry.
CREATE TABLE person (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	created_us :int NOT NULL,
	number :int NOT NULL,         -- shown as K-1842
	vault :id,                    -- null: no contact details are held
	state TEXT NOT NULL,          -- proposed, invited, yes, no, active,
				      -- stopped, erased
	alias TEXT NOT NULL,
	actor_kind TEXT NOT NULL,     -- catalogue/actor_kinds.json
	target_group :id,
	age TEXT NOT NULL,            -- band, '' not asked
	channel TEXT NOT NULL,        -- how they want to be reached
	lang TEXT NOT NULL,           -- da, en
	reason TEXT NOT NULL,         -- why this person
	source TEXT NOT NULL,         -- named, import, interest
	needs TEXT NOT NULL,          -- keys, one space between
	needs_note TEXT NOT NULL,
	needs_asked_us :int,
	vulnerable TEXT NOT NULL,     -- no, maybe, yes; '' as their group
	big_wish TEXT NOT NULL,       -- their own wish for a large meeting
	big_wish_us :int,
	guardian TEXT NOT NULL,       -- how the yes of a guardian was given
	guardian_us :int,
	protected :int NOT NULL,      -- 1: address and place are shown nowhere
	PRIMARY KEY (org, network, id),
	UNIQUE (org, network, number)
	, FOREIGN KEY (org, vault) REFERENCES vault (org, person)
	, FOREIGN KEY (org, network, target_group) REFERENCES target_group (org, network, id)
) :strict;
CREATE INDEX person_vault ON person (org, vault);
CREATE INDEX person_state ON person (org, network, state, number);

-- The open page where people register; open 1 or 0, ends a date or ''.
CREATE TABLE interest (
	org :id NOT NULL,
	network :id NOT NULL,
	open :int NOT NULL,
	about TEXT NOT NULL,
	ends TEXT NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	PRIMARY KEY (org, network)
) :strict;

-- What else an organisation asks there, and makes quotas of.
CREATE TABLE person_field (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	position :int NOT NULL,
	label TEXT NOT NULL,
	choices TEXT NOT NULL,        -- one a line; '' for a line of text
	required :int NOT NULL,
	removed_us :int,
	PRIMARY KEY (org, network, id)
) :strict;

-- Erasing a person deletes theirs.
CREATE TABLE person_value (
	org :id NOT NULL,
	network :id NOT NULL,
	person :id NOT NULL,
	field :id NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (org, network, person, field)
	, FOREIGN KEY (org, network, person) REFERENCES person (org, network, id)
	, FOREIGN KEY (org, network, field) REFERENCES person_field (org, network, id)
) :strict;

-- Each time somebody was asked to give time.  vault finds the same person in
-- every network; erasing sets it to null.
CREATE TABLE asked (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	person :id NOT NULL,
	vault :id,
	activity :id,
	at_us :int NOT NULL,
	minutes_asked :int NOT NULL,
	minutes_used :int NOT NULL,   -- what of it bore on a decision
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, person) REFERENCES person (org, network, id)
) :strict;
CREATE INDEX asked_vault ON asked (org, vault, at_us);
CREATE INDEX asked_person ON asked (org, network, person);

-- Who read what is sensitive, and why.  Kept 12 months.
CREATE TABLE access (
	org :id NOT NULL,
	id :id NOT NULL,
	at_us :int NOT NULL,
	account :id,
	network :id,
	person :id,                   -- null: several, `count` says how many
	count :int NOT NULL,
	what TEXT NOT NULL,           -- contact, letters, export, ...
	reason TEXT NOT NULL,
	PRIMARY KEY (org, id)
) :strict;
CREATE INDEX access_network ON access (org, network, at_us);
CREATE INDEX access_person ON access (org, person, at_us);

-- What an organisation set otherwise than the program does.
CREATE TABLE org_setting (
	org :id NOT NULL,
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	PRIMARY KEY (org, name)
	, FOREIGN KEY (org) REFERENCES organisation (org)
) :strict;

-- What opens a citizen's page.  The code itself is only in the citizen's hand.
CREATE TABLE code (
	org :id NOT NULL,
	hash :bytes NOT NULL,
	network :id NOT NULL,
	person :id NOT NULL,
	created_us :int NOT NULL,
	ends_us :int NOT NULL,
	ended_us :int,                -- withdrawn, or another took its place
	opened_us :int,
	PRIMARY KEY (org, hash)
	, FOREIGN KEY (org, network, person) REFERENCES person (org, network, id)
) :strict;
CREATE INDEX code_person ON code (org, network, person);
