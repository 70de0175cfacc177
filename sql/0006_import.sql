-- SPDX-License-Identifier: MPL-2.0
-- A list of people on its way in.  The file is sealed with the installation's
-- key; the row goes when the list is in, is given up, or is a day old, so that
-- nothing of it outlives the people: erasing one finds it gone.

CREATE TABLE import (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	at_us :int NOT NULL,
	account :id NOT NULL,
	actor_kind TEXT NOT NULL,     -- catalogue/actor_kinds.json
	reason TEXT NOT NULL,         -- why these people, where a row has none
	file :bytes NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;
