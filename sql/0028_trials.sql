-- SPDX-License-Identifier: MPL-2.0
-- Trials: an idea tried out with citizens, in four stages, against goals that
-- were set before.

CREATE TABLE trial (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	title TEXT NOT NULL,
	idea :id NOT NULL,
	what TEXT NOT NULL,           -- to citizens
	part TEXT NOT NULL,           -- what those who try it do
	target_groups TEXT NOT NULL,  -- who is asked; '' everybody with a code
	starts TEXT NOT NULL,         -- dates
	ends TEXT NOT NULL,
	owner :id,
	learned TEXT NOT NULL,
	stage TEXT NOT NULL,          -- start, test, analyse, next
	outcome TEXT NOT NULL,        -- '', hit, adjust, miss
	verdict TEXT NOT NULL,        -- '', run, adjust, stop
	reason TEXT NOT NULL,         -- to citizens
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, idea) REFERENCES idea (org, network, id)
) :strict;

-- What should get better, said before the trial begins.
CREATE TABLE trial_goal (
	org :id NOT NULL,
	network :id NOT NULL,
	trial :id NOT NULL,
	number :int NOT NULL,         -- from 1
	goal TEXT NOT NULL,           -- what citizens are asked about
	sign TEXT NOT NULL,           -- how one can tell
	outcome TEXT NOT NULL,        -- '' not judged, hit, adjust, miss
	why TEXT NOT NULL,
	PRIMARY KEY (org, network, trial, number)
	, FOREIGN KEY (org, network, trial) REFERENCES trial (org, network, id)
) :strict;

-- What somebody who tried it says of a goal.
CREATE TABLE trial_answer (
	org :id NOT NULL,
	network :id NOT NULL,
	trial :id NOT NULL,
	person :id NOT NULL,
	number :int NOT NULL,
	answer TEXT NOT NULL,         -- yes, partly, no, unknown
	at_us :int NOT NULL,
	account :id,                  -- who noted it; null: the person
	PRIMARY KEY (org, network, trial, person, number)
	, FOREIGN KEY (org, network, trial, number) REFERENCES trial_goal (org, network, trial, number)
) :strict;

-- What somebody said of a trial: a contribution, and what came of it.  Which
-- version of the idea builds on it stands in idea_source.
CREATE TABLE trial_feedback (
	org :id NOT NULL,
	network :id NOT NULL,
	trial :id NOT NULL,
	contribution :id NOT NULL,
	way TEXT NOT NULL,            -- page, phone, paper, met, voice
	unused TEXT NOT NULL,         -- why it changed nothing; '' open, or used
	at_us :int NOT NULL,
	account :id,                  -- null: the person
	PRIMARY KEY (org, network, trial, contribution)
	, FOREIGN KEY (org, network, trial) REFERENCES trial (org, network, id)
) :strict;
CREATE INDEX trial_feedback_of ON trial_feedback (org, network, contribution);
