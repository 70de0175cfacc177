-- SPDX-License-Identifier: MPL-2.0
-- A file of what people said on its way in, sealed with the installation's key
-- a part at a time; it goes when it is in, is given up, or is a day old.

CREATE TABLE voices_import (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	at_us :int NOT NULL,
	account :id NOT NULL,
	kind TEXT NOT NULL,           -- where a row has none
	basis TEXT NOT NULL,          -- of all of it, as contribution.basis
	scope :int NOT NULL,
	told TEXT NOT NULL,           -- what they were told when they wrote it
	parts :int NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;

CREATE TABLE voices_import_part (
	org :id NOT NULL,
	network :id NOT NULL,
	import :id NOT NULL,
	part :int NOT NULL,           -- from 0
	at_us :int NOT NULL,
	file :bytes NOT NULL,
	PRIMARY KEY (org, network, import, part)
) :strict;

-- Which rows came in once, by a keyed hash of their id and words, so that the
-- same file brings nothing twice, nor back what was taken back.
CREATE TABLE voices_seen (
	org :id NOT NULL,
	network :id NOT NULL,
	hash :bytes NOT NULL,
	contribution :id NOT NULL,
	PRIMARY KEY (org, network, hash)
) :strict;
