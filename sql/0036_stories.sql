-- SPDX-License-Identifier: MPL-2.0
-- Stories told on with people's own words.  The words stand in their
-- contributions alone.

CREATE TABLE story (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	title TEXT NOT NULL,
	readers TEXT NOT NULL,        -- 1 network, 2 who decides, 3 everybody
	opening TEXT NOT NULL,
	ending TEXT NOT NULL,
	idea :id,                     -- that it is about
	decision :id,                 -- that it led to
	owner :id,
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, idea) REFERENCES idea (org, network, id)
	, FOREIGN KEY (org, network, decision) REFERENCES decision (org, network, id)
) :strict;

CREATE TABLE story_voice (
	org :id NOT NULL,
	network :id NOT NULL,
	story :id NOT NULL,
	contribution :id NOT NULL,
	number :int NOT NULL,         -- from 1: its place
	lead TEXT NOT NULL,           -- what stands before it, in our words
	account :id,
	PRIMARY KEY (org, network, story, contribution)
	, FOREIGN KEY (org, network, story) REFERENCES story (org, network, id)
) :strict;
CREATE INDEX story_voice_of ON story_voice (org, network, contribution);
