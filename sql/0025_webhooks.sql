-- SPDX-License-Identifier: MPL-2.0
-- Calls to other programs: where to at all, and which a network asked for.
-- What is to be called is a job (0002_jobs.sql).

-- What an administrator allowed: "https://host", perhaps with a port.
CREATE TABLE webhook_origin (
	org :id NOT NULL,
	origin TEXT NOT NULL,
	at_us :int NOT NULL,
	account :id,
	PRIMARY KEY (org, origin)
	, FOREIGN KEY (org) REFERENCES organisation (org)
) :strict;

CREATE TABLE webhook (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	url TEXT NOT NULL,
	secret :bytes NOT NULL,       -- sealed; what calls are signed with
	made_us :int NOT NULL,
	account :id,
	ended_us :int,
	PRIMARY KEY (org, network, id)
) :strict;
