-- SPDX-License-Identifier: MPL-2.0
-- What people ask about their own data, and work that waits.

-- Somebody wants to see, put right, restrict or object to what is held about
-- them.  A wish to be deleted is a row of erasure.
CREATE TABLE subject_request (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	person :id NOT NULL,
	kind TEXT NOT NULL,           -- access, rectification, restriction,
				      -- objection
	received TEXT NOT NULL,       -- the day it came
	text TEXT NOT NULL,           -- what they ask, or ''
	longer TEXT NOT NULL,         -- why it takes two months more, or ''
	outcome TEXT NOT NULL,        -- granted, refused, lifted; '' open
	answer TEXT NOT NULL,         -- what was done, or why it is refused
	noted_us :int NOT NULL,
	account :id,                  -- null: the person, with their code
	answered_us :int,
	answered_by :id,
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, person) REFERENCES person (org, network, id)
) :strict;
CREATE INDEX subject_request_person ON subject_request (org, network, person);

-- An activity that nobody is invited to and nobody answers while a row is here.
CREATE TABLE pause (
	org :id NOT NULL,
	network :id NOT NULL,
	activity :id NOT NULL,
	reason TEXT NOT NULL,
	at_us :int NOT NULL,
	account :id,
	PRIMARY KEY (org, network, activity)
	, FOREIGN KEY (org, network, activity) REFERENCES activity (org, network, id)
) :strict;
