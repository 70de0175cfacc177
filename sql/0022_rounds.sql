-- SPDX-License-Identifier: MPL-2.0
-- Priorities: rounds of voting, their options, and ballots that name nobody.

CREATE TABLE round (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	question TEXT NOT NULL,
	about TEXT NOT NULL,          -- to citizens
	method TEXT NOT NULL,         -- approval, budget, points, pairwise,
				      -- stars, value
	budget :int NOT NULL,         -- whole kroner
	points :int NOT NULL,         -- that each may give
	most :int NOT NULL,           -- options each may choose; 0: any number
	opens TEXT NOT NULL,          -- dates; '' at once
	ends TEXT NOT NULL,
	leadership TEXT NOT NULL,     -- hidden, shown: when they are few
	note TEXT NOT NULL,
	state TEXT NOT NULL,          -- draft -> open -> closed, never back
	opened TEXT NOT NULL,
	closed TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;

CREATE TABLE round_option (
	org :id NOT NULL,
	network :id NOT NULL,
	round :id NOT NULL,
	number :int NOT NULL,         -- from 1; what ballots say
	title TEXT NOT NULL,
	about TEXT NOT NULL,
	cost :int NOT NULL,           -- whole kroner
	idea :id,                     -- the idea it was made from
	PRIMARY KEY (org, network, round, number)
	, FOREIGN KEY (org, network, round) REFERENCES round (org, network, id)
) :strict;

-- One row a voter.  `voter` is a hash of the person or account with a key that
-- lies outside the database, and a random number once the round is closed; no
-- time, and no order but that of the hashes.
CREATE TABLE ballot (
	org :id NOT NULL,
	network :id NOT NULL,
	round :id NOT NULL,
	voter :bytes NOT NULL,
	side TEXT NOT NULL,           -- citizens, network, leadership
	choices TEXT NOT NULL,        -- model/ballot.h
	PRIMARY KEY (org, network, round, voter)
	, FOREIGN KEY (org, network, round) REFERENCES round (org, network, id)
) :strict;

-- How often two options were set beside each other, whoever was asked.
CREATE TABLE round_pair (
	org :id NOT NULL,
	network :id NOT NULL,
	round :id NOT NULL,
	low :int NOT NULL,
	high :int NOT NULL,
	votes :int NOT NULL,
	PRIMARY KEY (org, network, round, low, high)
	, FOREIGN KEY (org, network, round) REFERENCES round (org, network, id)
) :strict;

-- A ballot on paper: its number is on it with a secret, which is kept as a hash.
CREATE TABLE paper (
	org :id NOT NULL,
	network :id NOT NULL,
	round :id NOT NULL,
	number :int NOT NULL,
	hash :bytes NOT NULL,
	counted :int NOT NULL,        -- 1: its ballot is among the others
	PRIMARY KEY (org, network, round, number)
	, FOREIGN KEY (org, network, round) REFERENCES round (org, network, id)
) :strict;

-- What a reader found on it.  Two read each; gone once the round is closed.
CREATE TABLE paper_reading (
	org :id NOT NULL,
	network :id NOT NULL,
	round :id NOT NULL,
	number :int NOT NULL,
	account :id NOT NULL,
	choices TEXT NOT NULL,
	PRIMARY KEY (org, network, round, number, account)
	, FOREIGN KEY (org, network, round, number) REFERENCES paper (org, network, round, number)
) :strict;

-- Counted when the round closes, for after that nothing says who voted.
CREATE TABLE turnout (
	org :id NOT NULL,
	network :id NOT NULL,
	round :id NOT NULL,
	side TEXT NOT NULL,
	part TEXT NOT NULL,           -- a target group's id, '' none, 'paper',
				      -- 'other': on no list any more
	invited :int NOT NULL,
	could :int NOT NULL,
	voted :int NOT NULL,
	PRIMARY KEY (org, network, round, side, part)
	, FOREIGN KEY (org, network, round) REFERENCES round (org, network, id)
) :strict;
