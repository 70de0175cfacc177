-- SPDX-License-Identifier: MPL-2.0
-- A network and the parts of its plan.  Each part has the same first columns;
-- its fields follow in the order of src/model/kinds.c.  rev counts its states
-- (table revision); removed_us is set when it was taken out.  Dates are text
-- YYYY-MM-DD, '' when not set.

CREATE TABLE network (
	org :id NOT NULL,
	network :id NOT NULL,         -- its own id: the same first columns
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	state TEXT NOT NULL,          -- draft, active, test, closed, archived
	goal TEXT NOT NULL,
	starts TEXT NOT NULL,
	ends TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org) REFERENCES organisation (org)
) :strict;

-- Who holds which role in a network.
CREATE TABLE member (
	org :id NOT NULL,
	network :id NOT NULL,
	account :id NOT NULL,
	role TEXT NOT NULL,
	since_us :int NOT NULL,
	PRIMARY KEY (org, network, account, role)
	, FOREIGN KEY (org, account) REFERENCES account (org, id)
) :strict;
CREATE INDEX member_account ON member (org, account);
CREATE UNIQUE INDEX member_one_leader ON member (org, network)
	WHERE role = 'leader';

CREATE TABLE theme (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	text TEXT NOT NULL,
	framing TEXT NOT NULL,        -- how the problem is understood
	reason TEXT NOT NULL,         -- why this version came
	PRIMARY KEY (org, network, id)
) :strict;

CREATE TABLE question (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	text TEXT NOT NULL,
	state TEXT NOT NULL,          -- open, answered
	answer TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;

CREATE TABLE phase (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	position :int NOT NULL,
	name TEXT NOT NULL,
	about TEXT NOT NULL,
	starts TEXT NOT NULL,         -- planned
	ends TEXT NOT NULL,
	source TEXT NOT NULL,         -- key in catalogue/phases.json, or ''
	PRIMARY KEY (org, network, id)
) :strict;

-- One stay in a phase; a network may come back.
CREATE TABLE visit (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	phase :id NOT NULL,
	entered TEXT NOT NULL,
	gone TEXT NOT NULL,           -- '' while the network is in it
	note TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, phase) REFERENCES phase (org, network, id)
) :strict;

CREATE TABLE actor (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	kind TEXT NOT NULL,           -- the five of catalogue/actor_kinds.json
	name TEXT NOT NULL,           -- an alias for a citizen
	knowledge TEXT NOT NULL,
	skills TEXT NOT NULL,
	resources TEXT NOT NULL,
	interest TEXT NOT NULL,       -- whose voice it is, and what is at stake
	PRIMARY KEY (org, network, id)
) :strict;

CREATE TABLE target_group (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	horizon TEXT NOT NULL,        -- now, 1_2_years, 5_years
	stake TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;

CREATE TABLE participant (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	name TEXT NOT NULL,           -- as the network calls them; alias is fine
	actor :id,                    -- null: staff of the organisation
	state TEXT NOT NULL,          -- invited, yes, no, active, stopped
	note TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, actor) REFERENCES actor (org, network, id)
) :strict;

CREATE TABLE agenda (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	participant :id NOT NULL,
	wish TEXT NOT NULL,
	concern TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, participant) REFERENCES participant (org, network, id)
) :strict;

CREATE TABLE tension (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	one :id NOT NULL,
	other :id NOT NULL,
	about TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, one) REFERENCES agenda (org, network, id)
	, FOREIGN KEY (org, network, other) REFERENCES agenda (org, network, id)
) :strict;

CREATE TABLE focus (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	text TEXT NOT NULL,
	agreed TEXT NOT NULL,         -- who stands behind it
	revisit TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;

CREATE TABLE purpose (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	text TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;

CREATE TABLE scope (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	decision TEXT NOT NULL,       -- which decision can change
	fixed TEXT NOT NULL,          -- what cannot
	decider TEXT NOT NULL,
	decided TEXT NOT NULL,        -- when
	PRIMARY KEY (org, network, id)
) :strict;

CREATE TABLE need (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	text TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;

CREATE TABLE promise (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	level TEXT NOT NULL,          -- catalogue/promises.json (IAP2)
	note TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;

CREATE TABLE cell (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	phase :id NOT NULL,
	actor :id,                    -- one of these two
	target_group :id,
	mode TEXT NOT NULL,           -- catalogue/modes.json
	coform TEXT NOT NULL,
	role TEXT NOT NULL,           -- catalogue/roles.json, or ''
	own_role TEXT NOT NULL,
	purpose TEXT NOT NULL,
	minutes :int NOT NULL,        -- asked of each person
	state TEXT NOT NULL,          -- draft, agreed
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, phase) REFERENCES phase (org, network, id)
	, FOREIGN KEY (org, network, actor) REFERENCES actor (org, network, id)
	, FOREIGN KEY (org, network, target_group) REFERENCES target_group (org, network, id)
) :strict;

-- One cell a phase and person.
CREATE UNIQUE INDEX cell_actor ON cell (org, network, phase, actor)
	WHERE actor IS NOT NULL AND removed_us IS NULL;
CREATE UNIQUE INDEX cell_group ON cell (org, network, phase, target_group)
	WHERE target_group IS NOT NULL AND removed_us IS NULL;

CREATE TABLE documentation (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	what TEXT NOT NULL,
	who TEXT NOT NULL,
	form TEXT NOT NULL,
	consent TEXT NOT NULL,
	kept TEXT NOT NULL,           -- how long, and then what
	used TEXT NOT NULL,           -- what it is for
	PRIMARY KEY (org, network, id)
) :strict;

CREATE TABLE task (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	title TEXT NOT NULL,
	owner :id,                    -- an account that is a member
	due TEXT NOT NULL,
	state TEXT NOT NULL,          -- open, done
	note TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;
CREATE INDEX task_owner ON task (org, owner, state);

-- When an owner was reminded of a task, so that each is called to mind once a
-- due date.
CREATE TABLE reminder (
	org :id NOT NULL,
	network :id NOT NULL,
	task :id NOT NULL,
	due TEXT NOT NULL,
	sent_us :int NOT NULL,
	PRIMARY KEY (org, network, task, due)
) :strict;
