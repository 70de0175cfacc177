-- SPDX-License-Identifier: MPL-2.0
-- The theme told to one target group, and the two plans for what comes after the
-- work of a network: how it is judged, and how it is spread.

CREATE TABLE theme_card (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	target_group :id NOT NULL,
	lang TEXT NOT NULL,           -- of the texts: da, en
	about TEXT NOT NULL,          -- all of them to citizens
	why TEXT NOT NULL,
	how TEXT NOT NULL,
	use TEXT NOT NULL,
	hears_by TEXT NOT NULL,       -- a date
	contact TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, target_group) REFERENCES target_group (org, network, id)
) :strict;

CREATE TABLE evaluation (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,              -- that of the network
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	aim TEXT NOT NULL,
	signs TEXT NOT NULL,
	judges TEXT NOT NULL,
	compared TEXT NOT NULL,
	result_use TEXT NOT NULL,
	told TEXT NOT NULL,
	owner :id,
	due TEXT NOT NULL,            -- a date
	state TEXT NOT NULL,          -- draft, agreed, done
	PRIMARY KEY (org, network, id)
) :strict;

CREATE TABLE spread (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,              -- that of the network
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	what TEXT NOT NULL,
	ideas TEXT NOT NULL,
	worth TEXT NOT NULL,
	users TEXT NOT NULL,
	core TEXT NOT NULL,
	needs TEXT NOT NULL,
	ways TEXT NOT NULL,
	owner :id,
	due TEXT NOT NULL,            -- a date
	state TEXT NOT NULL,          -- draft, agreed, done
	PRIMARY KEY (org, network, id)
) :strict;
