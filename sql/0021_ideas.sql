-- SPDX-License-Identifier: MPL-2.0
-- Ideas: what a network says of each, whose words it came in, and what it was
-- built on.  A citizen's words stand in their contribution alone, so that what
-- they take back is gone from the idea as well.

CREATE TABLE idea (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	title TEXT NOT NULL,
	what TEXT NOT NULL,
	kind TEXT NOT NULL,           -- policy, service, workflow, other
	target_groups TEXT NOT NULL,
	insights TEXT NOT NULL,       -- that it rests on
	value_hypothesis TEXT NOT NULL,
	value_tag TEXT NOT NULL,      -- quality, efficiency, involvement,
				      -- satisfaction, policy_goal
	value_tag_also TEXT NOT NULL,
	citizen_part TEXT NOT NULL,   -- by oneself, or with us; '' not asked yet
	activities TEXT NOT NULL,
	cost TEXT NOT NULL,
	owner :id,
	value_score :int NOT NULL,    -- 0 not scored, 1..5
	feasibility :int NOT NULL,    -- 0 not scored, 1..5
	state TEXT NOT NULL,          -- new, matured, prioritised, concrete, test,
				      -- running, adjust, stopped, dropped
	reason TEXT NOT NULL,         -- why it was dropped or stopped
	origin TEXT NOT NULL,         -- network, citizen
	shown TEXT NOT NULL,          -- yes, waiting, hidden: to other citizens
	hidden_why TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;

-- A contribution that an idea is made of (words), or that made it better
-- (feedback).  peers 1: the person was told that other citizens read it.
CREATE TABLE idea_source (
	org :id NOT NULL,
	network :id NOT NULL,
	idea :id NOT NULL,
	contribution :id NOT NULL,
	role TEXT NOT NULL,           -- words, feedback
	peers :int NOT NULL,
	rev :int NOT NULL,            -- of the idea, when it was named
	at_us :int NOT NULL,
	account :id,                  -- null: the person
	PRIMARY KEY (org, network, idea, contribution)
	, FOREIGN KEY (org, network, idea) REFERENCES idea (org, network, id)
) :strict;
CREATE INDEX idea_source_of ON idea_source (org, network, contribution);

-- What an idea was built on or combined of.
CREATE TABLE idea_origin (
	org :id NOT NULL,
	network :id NOT NULL,
	idea :id NOT NULL,
	made_of :id NOT NULL,
	way TEXT NOT NULL,            -- built_on, combined
	at_us :int NOT NULL,
	account :id,                  -- null: the person
	undone_us :int,
	undone_by :id,
	reason TEXT NOT NULL,         -- why it was undone
	PRIMARY KEY (org, network, idea, made_of)
) :strict;
CREATE INDEX idea_origin_of ON idea_origin (org, network, made_of);

-- Somebody took back words that the network had put in its own: look at them.
CREATE TABLE idea_reword (
	org :id NOT NULL,
	network :id NOT NULL,
	idea :id NOT NULL,
	contribution :id NOT NULL,
	at_us :int NOT NULL,
	done_us :int,
	done_by :id,
	PRIMARY KEY (org, network, idea, contribution)
) :strict;

-- Where ideas may come from without a code, and whether those of people with
-- one are looked through first.
CREATE TABLE idea_bank (
	org :id NOT NULL,
	network :id NOT NULL,
	open :int NOT NULL,
	look_first :int NOT NULL,
	about TEXT NOT NULL,
	ends TEXT NOT NULL,           -- YYYY-MM-DD, '' no end
	changed_us :int NOT NULL,
	changed_by :id,
	PRIMARY KEY (org, network)
) :strict;

-- Who sent an idea without a code comes back to it with a token of its own.
CREATE TABLE idea_sender (
	org :id NOT NULL,
	network :id NOT NULL,
	contribution :id NOT NULL,
	token :bytes NOT NULL,        -- its hash
	PRIMARY KEY (org, network, contribution)
) :strict;
CREATE INDEX idea_sender_token ON idea_sender (org, network, token);
