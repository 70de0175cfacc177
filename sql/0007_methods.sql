-- SPDX-License-Identifier: MPL-2.0
-- What an organisation says of a method otherwise than the program does: one
-- row a field.  A key that the program does not have is a method of its own,
-- with a row for each field.  Nothing personal but who wrote it, which is an
-- account's id.

CREATE TABLE method_edit (
	org :id NOT NULL,
	method TEXT NOT NULL,         -- key in catalogue/methods.json, or own_...
	field TEXT NOT NULL,
	base TEXT NOT NULL,           -- what the program said when it was written
	value TEXT NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	PRIMARY KEY (org, method, field)
	, FOREIGN KEY (org) REFERENCES organisation (org)
) :strict;

-- What citizens have against what the others in the network have: one row an
-- item of catalogue/terms.json that somebody said something about.
CREATE TABLE equal_term (
	org :id NOT NULL,
	network :id NOT NULL,
	item TEXT NOT NULL,
	citizens TEXT NOT NULL,       -- yes, partly, no
	others TEXT NOT NULL,
	note TEXT NOT NULL,           -- why they differ
	changed_us :int NOT NULL,
	changed_by :id,
	PRIMARY KEY (org, network, item)
) :strict;
