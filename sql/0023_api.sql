-- SPDX-License-Identifier: MPL-2.0
-- What comes into a dialogue from elsewhere: as a file, or from a program that
-- has a token.

-- A conversation on its way in, sealed until somebody says yes (or a day).
CREATE TABLE dialogue_import (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	dialogue :id NOT NULL,
	at_us :int NOT NULL,
	account :id,
	open :int NOT NULL,           -- 1: its data are public already
	state TEXT NOT NULL,          -- waiting, begun
	statements :int NOT NULL,     -- parts of each file
	votes :int NOT NULL,
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, dialogue) REFERENCES dialogue (org, network, id)
) :strict;

CREATE TABLE dialogue_import_part (
	org :id NOT NULL,
	network :id NOT NULL,
	import :id NOT NULL,
	part :int NOT NULL,           -- from 0; of the votes from 1000
	at_us :int NOT NULL,
	file :bytes NOT NULL,
	PRIMARY KEY (org, network, import, part)
) :strict;

-- Where a dialogue's votes came from, when they came as a file.
CREATE TABLE dialogue_source (
	org :id NOT NULL,
	network :id NOT NULL,
	dialogue :id NOT NULL,
	import :id NOT NULL,
	open :int NOT NULL,
	at_us :int NOT NULL,
	account :id,
	PRIMARY KEY (org, network, dialogue)
	, FOREIGN KEY (org, network, dialogue) REFERENCES dialogue (org, network, id)
) :strict;

-- A program that may read a network, or take part in it.
CREATE TABLE api_token (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	hash :bytes NOT NULL,         -- of the token, which is shown once
	name TEXT NOT NULL,
	rights :int NOT NULL,         -- 1 read, 2 take part
	made_us :int NOT NULL,
	account :id,
	ends_us :int NOT NULL,
	ended_us :int,                -- ended before that, by somebody
	used_us :int,                 -- the last time, to the hour
	PRIMARY KEY (org, network, id),
	UNIQUE (org, hash)
) :strict;

-- What was answered to a request that may be sent again.
CREATE TABLE api_once (
	org :id NOT NULL,
	network :id NOT NULL,
	token :id NOT NULL,
	key :bytes NOT NULL,          -- hash of Idempotency-Key
	request :bytes NOT NULL,      -- hash of the path and the body
	at_us :int NOT NULL,
	status :int NOT NULL,
	answer TEXT NOT NULL,
	PRIMARY KEY (org, network, token, key)
) :strict;
