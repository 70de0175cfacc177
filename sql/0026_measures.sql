-- SPDX-License-Identifier: MPL-2.0
-- Before and after: measurements of perceived quality, and how it was to take
-- part.  `who` is a hash of a person or of a pseudonym with a key that lies
-- outside the database; no row has a time.

CREATE TABLE measure (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	title TEXT NOT NULL,
	purpose TEXT NOT NULL,        -- to those who answer
	design TEXT NOT NULL,         -- before_after, retrospective,
				      -- cross_section
	since TEXT NOT NULL,          -- the day of the change
	target_group :id,             -- null: everybody who is asked
	idea :id,
	activity :id,
	door TEXT NOT NULL,           -- code, link: an open address too
	words TEXT NOT NULL,          -- yes, no: is there an open question
	themes TEXT NOT NULL,         -- what recurs in the words
	state TEXT NOT NULL,          -- draft -> begun
	PRIMARY KEY (org, network, id)
) :strict;

-- Wordings are copies: they stay when a release words its own anew.
CREATE TABLE measure_item (
	org :id NOT NULL,
	network :id NOT NULL,
	measure :id NOT NULL,
	number :int NOT NULL,         -- from 1; its place in answers
	bank TEXT NOT NULL,           -- key of the catalogue; '' its own
	da TEXT NOT NULL,
	en TEXT NOT NULL,             -- '' as in Danish
	PRIMARY KEY (org, network, measure, number)
	, FOREIGN KEY (org, network, measure) REFERENCES measure (org, network, id)
) :strict;

CREATE TABLE measure_round (
	org :id NOT NULL,
	network :id NOT NULL,
	measure :id NOT NULL,
	number :int NOT NULL,         -- from 1
	state TEXT NOT NULL,          -- open -> closed
	opened TEXT NOT NULL,
	closed TEXT NOT NULL,
	could :int NOT NULL,          -- how many were asked, when it closed
	PRIMARY KEY (org, network, measure, number)
	, FOREIGN KEY (org, network, measure) REFERENCES measure (org, network, id)
) :strict;

CREATE TABLE measure_answer (
	org :id NOT NULL,
	network :id NOT NULL,
	measure :id NOT NULL,
	round :int NOT NULL,
	who :bytes NOT NULL,
	way TEXT NOT NULL,            -- code, link, paper, file
	target_group :id,
	answers TEXT NOT NULL,        -- model/measure.h
	words TEXT NOT NULL,
	PRIMARY KEY (org, network, measure, round, who)
	, FOREIGN KEY (org, network, measure, round) REFERENCES measure_round (org, network, measure, number)
) :strict;

-- What a reader found on a paper form, until a second has found the same.
CREATE TABLE measure_paper (
	org :id NOT NULL,
	network :id NOT NULL,
	measure :id NOT NULL,
	round :int NOT NULL,
	who :bytes NOT NULL,
	account :id NOT NULL,
	code TEXT NOT NULL,           -- as it stands on the paper
	answers TEXT NOT NULL,
	words TEXT NOT NULL,
	PRIMARY KEY (org, network, measure, round, who, account)
	, FOREIGN KEY (org, network, measure, round) REFERENCES measure_round (org, network, measure, number)
) :strict;

-- How it was to take part in an activity: four answers.
CREATE TABLE experience (
	org :id NOT NULL,
	network :id NOT NULL,
	activity :id NOT NULL,
	who :bytes NOT NULL,
	way TEXT NOT NULL,            -- code, paper
	answers TEXT NOT NULL,
	PRIMARY KEY (org, network, activity, who)
) :strict;
