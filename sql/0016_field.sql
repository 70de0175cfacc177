-- SPDX-License-Identifier: MPL-2.0
-- Noting what people say where there is no line.  A phone seals all of it with
-- the day's point; what opens it lies here, sealed with the installation's key,
-- and is destroyed when the day is over.

CREATE TABLE field_day (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	account :id NOT NULL,         -- who goes out
	made_us :int NOT NULL,
	ends_us :int NOT NULL,        -- as planned; FIELD_GRACE_US longer is taken
	closed_us :int,               -- since then nothing of it opens
	activity :id,                 -- of all that is said on it
	target_group :id,
	point :bytes NOT NULL,        -- public
	secret :bytes NOT NULL,       -- sealed; empty once closed
	PRIMARY KEY (org, network, id)
) :strict;
CREATE INDEX field_day_open ON field_day (org, closed_us, ends_us);

-- What a phone sends, by the id that the phone gave it.
CREATE TABLE field_item (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	day :id NOT NULL,
	account :id NOT NULL,
	came_us :int NOT NULL,
	kind TEXT NOT NULL,           -- voice, sound, photo
	state TEXT NOT NULL,          -- coming, received, draft, dropped
	voice :id NOT NULL,           -- the contribution it is, or belongs to
	person :id,                   -- of a draft: who said it
	allows TEXT NOT NULL,         -- of a voice: sound, photo that were said yes to
	words :bytes,                 -- of a draft: the form, sealed
	PRIMARY KEY (org, network, id)
) :strict;
CREATE INDEX field_item_account ON field_item (org, network, account, state);
CREATE INDEX field_item_person ON field_item (org, network, person);
CREATE INDEX field_item_voice ON field_item (org, network, voice);
CREATE INDEX field_item_came ON field_item (org, came_us);

-- Parts of it on their way in, as the phone sealed them.
CREATE TABLE field_part (
	org :id NOT NULL,
	network :id NOT NULL,
	item :id NOT NULL,
	part :int NOT NULL,           -- from 0
	at_us :int NOT NULL,
	box :bytes NOT NULL,
	PRIMARY KEY (org, network, item, part)
) :strict;
CREATE INDEX field_part_at ON field_part (org, at_us);
