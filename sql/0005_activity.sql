-- SPDX-License-Identifier: MPL-2.0
-- What is done with citizens and others: activities, how contact is made, what
-- they are told, what they answer.  The first four are parts of the plan, as
-- those of 0003 are.

CREATE TABLE activity (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	title TEXT NOT NULL,
	method TEXT NOT NULL,         -- key of a method
	phase :id,
	groups TEXT NOT NULL,         -- ids of target groups, a space between
	questions TEXT NOT NULL,      -- ids of open questions, the same
	people :int NOT NULL,         -- how many take part
	room TEXT NOT NULL,           -- alone, few, whole_network
	place_kind TEXT NOT NULL,     -- theirs, neutral, outside, online, town_hall
	place TEXT NOT NULL,
	day TEXT NOT NULL,
	hours TEXT NOT NULL,          -- "14-15.30"
	minutes :int NOT NULL,        -- asked of each person
	cost :int NOT NULL,           -- kroner
	responsible :id,
	care TEXT NOT NULL,           -- companion, breaks, another way
	state TEXT NOT NULL,          -- planned, ethics_ok, invited, held,
				      -- documented, answered, closed
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, phase) REFERENCES phase (org, network, id)
) :strict;

CREATE TABLE contact (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	activity :id NOT NULL,
	how TEXT NOT NULL,            -- in_person, phone, letter, ...
	who :id,
	day TEXT NOT NULL,
	note TEXT NOT NULL,
	state TEXT NOT NULL,          -- planned, done
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, activity) REFERENCES activity (org, network, id)
) :strict;

-- The theme card of an activity for a target group: what its invitation says.
CREATE TABLE invitation (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	activity :id NOT NULL,
	target_group :id,
	lang TEXT NOT NULL,
	about TEXT NOT NULL,
	why TEXT NOT NULL,            -- why you
	how TEXT NOT NULL,            -- how long, where, with whom
	use TEXT NOT NULL,            -- what is done with what you say
	more TEXT NOT NULL,
	reply_by TEXT NOT NULL,
	hears_by TEXT NOT NULL,       -- when you hear from us at the latest
	contact TEXT NOT NULL,        -- whom to ring
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, activity) REFERENCES activity (org, network, id)
	, FOREIGN KEY (org, network, target_group) REFERENCES target_group (org, network, id)
) :strict;

-- What article 13 of the GDPR wants told.
CREATE TABLE notice (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	controller TEXT NOT NULL,
	dpo TEXT NOT NULL,
	purpose TEXT NOT NULL,
	basis TEXT NOT NULL,          -- public_task, consent, legal_duty
	recipients TEXT NOT NULL,
	kept TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;

-- An ethics check as it was signed.  basis: a hash of the method, groups, size
-- and place it was made for; another one now makes it stale.
CREATE TABLE ethics (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	activity :id NOT NULL,
	at_us :int NOT NULL,
	account :id,
	basis :bytes NOT NULL,
	answers TEXT NOT NULL,        -- JSON object: question to yes and words
	complete :int NOT NULL,       -- 1: every question is a yes
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, activity) REFERENCES activity (org, network, id)
) :strict;
CREATE INDEX ethics_activity ON ethics (org, network, activity, at_us);

-- A rule that was let pass, by whom and why.
CREATE TABLE override (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rule TEXT NOT NULL,           -- "R1"
	object :id NOT NULL,          -- what it was about
	at_us :int NOT NULL,
	account :id,
	reason TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;
CREATE INDEX override_object ON override (org, network, object);

-- One invitation to one person.  Erasing the person deletes theirs.
CREATE TABLE sending (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	invitation :id NOT NULL,
	activity :id NOT NULL,
	person :id NOT NULL,
	channel TEXT NOT NULL,
	state TEXT NOT NULL,          -- made, sent, bounced, opened, answered
	code :bytes,                  -- hash, table code
	mail TEXT NOT NULL,           -- table outbox, column once; or ''
	made_us :int NOT NULL,
	sent_us :int,
	opened_us :int,
	answered_us :int,
	reminded_us :int,
	answer TEXT NOT NULL,         -- yes, no, other; '' none yet
	way TEXT NOT NULL,            -- other: phone, visit, later
	PRIMARY KEY (org, network, id),
	UNIQUE (org, network, invitation, person)
	, FOREIGN KEY (org, network, invitation) REFERENCES invitation (org, network, id)
	, FOREIGN KEY (org, network, person) REFERENCES person (org, network, id)
) :strict;
CREATE INDEX sending_person ON sending (org, network, person);
CREATE INDEX sending_activity ON sending (org, network, activity);

-- What is said to and fro about an activity, or with one person.  Erasing the
-- person deletes what was said with them.
CREATE TABLE message (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	activity :id,
	person :id,                   -- with whom; null: among those in the network
	account :id,                  -- who wrote it; null: the person
	at_us :int NOT NULL,
	text TEXT NOT NULL,
	answers :id,                  -- the message that this one answers
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, person) REFERENCES person (org, network, id)
) :strict;
CREATE INDEX message_activity ON message (org, network, activity, at_us);
CREATE INDEX message_person ON message (org, network, person, at_us);
