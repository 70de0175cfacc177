-- SPDX-License-Identifier: MPL-2.0
-- What a voice had to do with a decision as its person was told.  The trace
-- may say something else afterwards, of what was merged or came to light; what
-- was told stays.

CREATE TABLE told (
	org :id NOT NULL,
	network :id NOT NULL,
	decision :id NOT NULL,
	contribution :id NOT NULL,    -- as the person said it
	grade TEXT NOT NULL,          -- as in influence
	words TEXT NOT NULL,
	at_us :int NOT NULL,
	PRIMARY KEY (org, network, decision, contribution)
	, FOREIGN KEY (org, network, decision) REFERENCES decision (org, network, id)
) :strict;
CREATE INDEX told_contribution ON told (org, network, contribution);
