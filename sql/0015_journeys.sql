-- SPDX-License-Identifier: MPL-2.0
-- A citizen's way through what the municipality does, as it was lived: before,
-- during and after, with what went on inside meanwhile.

CREATE TABLE journey (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	title TEXT NOT NULL,
	target_group :id,
	activity :id,                 -- where it was told
	note TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, target_group) REFERENCES target_group (org, network, id)
	, FOREIGN KEY (org, network, activity) REFERENCES activity (org, network, id)
) :strict;

CREATE TABLE journey_step (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	journey :id NOT NULL,
	moment TEXT NOT NULL,         -- 1_before, 2_during, 3_after
	position :int NOT NULL,
	touchpoint TEXT NOT NULL,     -- where the person meets us
	channel TEXT NOT NULL,
	told TEXT NOT NULL,           -- what happens, as the person tells it
	mood TEXT NOT NULL,           -- m2, m1, 0, p1, p2
	important TEXT NOT NULL,      -- no, yes: it decided how it went
	inside TEXT NOT NULL,         -- what we did meanwhile, out of sight
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, journey) REFERENCES journey (org, network, id)
) :strict;
