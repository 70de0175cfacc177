-- SPDX-License-Identifier: MPL-2.0
-- The page of a network that anybody may read.

CREATE TABLE public_page (
	org :id NOT NULL,
	network :id NOT NULL,
	open :int NOT NULL,
	about TEXT NOT NULL,          -- to citizens, in the leader's words
	changed_us :int NOT NULL,
	changed_by :id,
	PRIMARY KEY (org, network)
) :strict;
