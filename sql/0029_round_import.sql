-- SPDX-License-Identifier: MPL-2.0
-- Choices between two from elsewhere on their way into a round, sealed until
-- somebody says yes (or a day).
CREATE TABLE round_import (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	round :id NOT NULL,
	at_us :int NOT NULL,
	account :id,
	file :bytes NOT NULL,
	PRIMARY KEY (org, network, id)
	, FOREIGN KEY (org, network, round) REFERENCES round (org, network, id)
) :strict;
