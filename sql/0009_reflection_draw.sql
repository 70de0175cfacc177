-- SPDX-License-Identifier: MPL-2.0
-- The questions that a leader or a network asks itself (the guide's S56).

-- One filling of the questions.  One that is not shared is read by the person
-- who began it and nobody else.  It is about the network, not about citizens;
-- of a person it holds the account's id, which names nobody once the account's
-- row in the vault is destroyed.
CREATE TABLE reflection (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	account :id NOT NULL,         -- who began it
	shared :int NOT NULL,         -- 1: the network reads and answers it
	young :int NOT NULL,          -- 1: with the addition for the young
	begun_us :int NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;

-- Every state of every answer; the one with the largest rev counts.
CREATE TABLE reflection_answer (
	org :id NOT NULL,
	network :id NOT NULL,
	reflection :id NOT NULL,
	question TEXT NOT NULL,       -- key in catalogue/questions.json
	rev :int NOT NULL,
	answer TEXT NOT NULL,         -- yes, partly, no, unknown, or ''
	text TEXT NOT NULL,
	at_us :int NOT NULL,
	account :id NOT NULL,
	PRIMARY KEY (org, network, reflection, question, rev)
	, FOREIGN KEY (org, network, reflection) REFERENCES reflection (org, network, id)
) :strict;

-- Which answer became which task, so that none becomes two.
CREATE TABLE reflection_task (
	org :id NOT NULL,
	network :id NOT NULL,
	reflection :id NOT NULL,
	question TEXT NOT NULL,
	task :id NOT NULL,
	PRIMARY KEY (org, network, reflection, question)
	, FOREIGN KEY (org, network, reflection) REFERENCES reflection (org, network, id)
	, FOREIGN KEY (org, network, task) REFERENCES task (org, network, id)
) :strict;

-- A draw of people who said yes, as it was asked for and what came of it.
-- people and targets are the two files that samskab draw --verify takes, with
-- the people by their code; they hold what a proof needs and no name.  What
-- was drawn stays when a person is erased: their code is then nobody's.
CREATE TABLE draw (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,              -- its job's too
	account :id,
	created_us :int NOT NULL,
	state TEXT NOT NULL,          -- waiting, done, impossible, failed
	size :int NOT NULL,
	seed TEXT NOT NULL,
	people TEXT NOT NULL,         -- CSV
	targets TEXT NOT NULL,        -- CSV
	after :id,                    -- the draw whose panel lost people
	stays TEXT NOT NULL,          -- codes, a blank between
	gone TEXT NOT NULL,           -- codes, a blank between
	ended_us :int,
	result TEXT NOT NULL,         -- JSON, as samskab draw --json says it
	proof TEXT NOT NULL,
	published TEXT NOT NULL,      -- '', chances, codes
	PRIMARY KEY (org, network, id)
) :strict;
CREATE INDEX draw_id ON draw (org, id);
