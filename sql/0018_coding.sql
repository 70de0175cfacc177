-- SPDX-License-Identifier: MPL-2.0
-- What was merged and split, and the codebook with the passages that its codes
-- stand by (decision 0017).

-- Beside contribution_origin: one row for each that was made of others.
CREATE TABLE contribution_making (
	org :id NOT NULL,
	network :id NOT NULL,
	contribution :id NOT NULL,
	way TEXT NOT NULL,            -- split, merged
	at_us :int NOT NULL,
	account :id,
	look_us :int,                 -- an origin has other words since then
	gone_us :int,                 -- emptied: an origin was taken back
	undone_us :int,
	undone_by :id,
	reason TEXT NOT NULL,         -- why it was undone
	PRIMARY KEY (org, network, contribution)
) :strict;

-- All that it comes from, however far back, so that one look finds what must
-- follow when somebody takes their words back.
CREATE TABLE contribution_line (
	org :id NOT NULL,
	network :id NOT NULL,
	contribution :id NOT NULL,
	ancestor :id NOT NULL,
	root :int NOT NULL,           -- 1: the ancestor was itself said
	PRIMARY KEY (org, network, contribution, ancestor)
) :strict;
CREATE INDEX contribution_descent ON contribution_line (org, network, ancestor);

-- Which part of the origin's words a split part is, in code points.
CREATE TABLE contribution_passage (
	org :id NOT NULL,
	network :id NOT NULL,
	contribution :id NOT NULL,
	made_of :id NOT NULL,
	from_at :int NOT NULL,
	to_at :int NOT NULL,
	PRIMARY KEY (org, network, contribution, made_of, from_at)
) :strict;

CREATE TABLE book_code (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	name TEXT NOT NULL,
	sort TEXT NOT NULL,           -- utf8_sort_key() of it, in hex
	letter TEXT NOT NULL,         -- shown with the colour, never colour alone
	colour TEXT NOT NULL,         -- a key of book_colours
	meaning TEXT NOT NULL,
	parent :id,                   -- one level
	place :int NOT NULL,
	retired_us :int,
	PRIMARY KEY (org, network, id)
) :strict;

-- A passage of the words as they were shown; its words stand here too, so that
-- they are the old ones when the contribution has got others.
CREATE TABLE book_coding (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	code :id NOT NULL,
	contribution :id NOT NULL,
	from_at :int NOT NULL,
	to_at :int NOT NULL,
	words TEXT NOT NULL,
	memo TEXT NOT NULL,
	at_us :int NOT NULL,
	account :id,
	look_us :int,                 -- the words are others since then
	PRIMARY KEY (org, network, id)
) :strict;
CREATE INDEX book_coding_code ON book_coding (org, network, code, contribution);
CREATE INDEX book_coding_contribution
	ON book_coding (org, network, contribution, from_at);
