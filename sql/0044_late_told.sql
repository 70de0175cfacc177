-- SPDX-License-Identifier: MPL-2.0
-- Who was told by mail that the network owes somebody an answer, how late.

CREATE TABLE late_told (
	org :id NOT NULL,
	network :id NOT NULL,
	about :id NOT NULL,           -- a decision, a request, a person
	account :id NOT NULL,
	stage TEXT NOT NULL,          -- what is owed, how late, its day
	at_us :int NOT NULL,
	PRIMARY KEY (org, network, about, account, stage)
) :strict;
