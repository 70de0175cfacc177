-- SPDX-License-Identifier: MPL-2.0
-- Citizens help carry ideas out: tasks, what they pledge, shifts and places on
-- them, and what was delivered.  People stand here by their id alone.

-- How newcomers are told, in words of their own: one row a network.
CREATE TABLE corps (
	org :id NOT NULL,
	network :id NOT NULL,
	rev :int NOT NULL,
	about TEXT NOT NULL,          -- '': the plan's own purpose stands there
	contact TEXT NOT NULL,        -- who to call
	changed_us :int NOT NULL,
	changed_by :id,
	PRIMARY KEY (org, network)
) :strict;

CREATE TABLE corps_task (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	title TEXT NOT NULL,
	about TEXT NOT NULL,          -- to citizens
	needs TEXT NOT NULL,          -- knowledge, skills, resources
	contact TEXT NOT NULL,
	secrecy TEXT NOT NULL,        -- what one must keep to oneself
	tie TEXT NOT NULL,            -- idea, activity, contribution, decision
	tie_id :id,                   -- null: a decision, by its text
	tie_text TEXT NOT NULL,
	state TEXT NOT NULL,          -- open, closed
	changed_us :int NOT NULL,
	changed_by :id,
	PRIMARY KEY (org, network, id)
) :strict;

-- A pledge is a person's or an actor's; of an erased person it is gone.
CREATE TABLE pledge (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	task :id NOT NULL,
	person :id,
	actor :id,
	what TEXT NOT NULL,
	hours :int NOT NULL,          -- 0: what is pledged is no time
	per TEXT NOT NULL,            -- week, month, all
	ends TEXT NOT NULL,           -- YYYY-MM-DD: the last day
	contact TEXT NOT NULL,
	secrecy TEXT NOT NULL,
	way TEXT NOT NULL,            -- paper, page, phone: how it was agreed
	state TEXT NOT NULL,          -- offered -> agreed -> running -> fulfilled,
				      -- stopped, declined
	changed_us :int NOT NULL,
	changed_by :id,               -- null: the person
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, task) REFERENCES corps_task (org, network, id)
) :strict;
CREATE INDEX pledge_person ON pledge (org, network, person);
CREATE INDEX pledge_task ON pledge (org, network, task);

-- Every state a pledge had.
CREATE TABLE pledge_event (
	org :id NOT NULL,
	network :id NOT NULL,
	pledge :id NOT NULL,
	rev :int NOT NULL,
	state TEXT NOT NULL,
	hours :int NOT NULL,
	per TEXT NOT NULL,
	ends TEXT NOT NULL,
	at_us :int NOT NULL,
	account :id,                  -- null: the person
	PRIMARY KEY (org, network, pledge, rev)
	, FOREIGN KEY (org, network, pledge) REFERENCES pledge (org, network, id)
) :strict;

-- Shifts whose places are shared out at one hour.  The seed is drawn with it;
-- its hash stands open at once, itself only when the places are shared out.
CREATE TABLE shift_release (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	closes_us :int NOT NULL,
	seed TEXT NOT NULL,
	shared_us :int,
	PRIMARY KEY (org, network, id)
) :strict;

CREATE TABLE shift (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	task :id NOT NULL,
	shared_in :id,                  -- null: who comes first is on it
	day TEXT NOT NULL,            -- YYYY-MM-DD
	from_min :int NOT NULL,       -- since midnight, Danish time
	to_min :int NOT NULL,
	place TEXT NOT NULL,
	what TEXT NOT NULL,
	places :int NOT NULL,
	seq :int NOT NULL,            -- counts what was done to it
	made_us :int NOT NULL,
	made_by :id,
	cancelled_us :int,
	reason TEXT NOT NULL,         -- why it was cancelled
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, task) REFERENCES corps_task (org, network, id)
) :strict;
CREATE INDEX shift_day ON shift (org, network, day, from_min);
CREATE INDEX shift_release_of ON shift (org, network, shared_in);

-- One row a person and shift.  An erased person's hours stay, of nobody.
CREATE TABLE shift_place (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	shift :id NOT NULL,
	person :id,
	state TEXT NOT NULL,          -- wish, in, waiting, left
	line :int NOT NULL,           -- the shift's seq when it got its state
	offered :int NOT NULL,        -- 1: somebody else may take it
	came TEXT NOT NULL,           -- yes, no, '' not noted
	minutes :int NOT NULL,
	kroner :int NOT NULL,         -- what it cost them
	reminded_us :int,
	at_us :int NOT NULL,
	account :id,                  -- null: the person
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, shift) REFERENCES shift (org, network, id)
) :strict;
CREATE UNIQUE INDEX shift_place_once ON shift_place
	(org, network, shift, person);
CREATE INDEX shift_place_person ON shift_place (org, network, person);

-- What was done to a shift, for the coordinator.
CREATE TABLE shift_event (
	org :id NOT NULL,
	network :id NOT NULL,
	shift :id NOT NULL,
	seq :int NOT NULL,
	what TEXT NOT NULL,           -- in, waiting, wish, left, moved_up, offered,
				      -- kept, took, cancelled, places
	person :id,
	account :id,                  -- null: the person, or the program
	at_us :int NOT NULL,
	PRIMARY KEY (org, network, shift, seq)
	, FOREIGN KEY (org, network, shift) REFERENCES shift (org, network, id)
) :strict;
CREATE INDEX shift_event_person ON shift_event (org, network, person);

-- What a person says they know, can, and have.
CREATE TABLE corps_offer (
	org :id NOT NULL,
	network :id NOT NULL,
	person :id NOT NULL,
	knowledge TEXT NOT NULL,
	skills TEXT NOT NULL,
	resources TEXT NOT NULL,
	changed_us :int NOT NULL,
	PRIMARY KEY (org, network, person)
) :strict;

-- The address of a person's calendar, by its hash.
CREATE TABLE corps_feed (
	org :id NOT NULL,
	network :id NOT NULL,
	person :id NOT NULL,
	token :bytes NOT NULL,
	made_us :int NOT NULL,
	PRIMARY KEY (org, network, person)
) :strict;
CREATE INDEX corps_feed_token ON corps_feed (org, token);

CREATE TABLE delivery (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	task :id NOT NULL,
	day TEXT NOT NULL,
	what TEXT NOT NULL,
	staff_min :int NOT NULL,
	at_us :int NOT NULL,
	account :id,
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, task) REFERENCES corps_task (org, network, id)
) :strict;
