-- SPDX-License-Identifier: MPL-2.0
-- Who is told of the parts that a voice was split into is told of each.  What
-- was told before has the voice itself as its part.

DROP INDEX told_contribution;
ALTER TABLE told RENAME TO told_whole;
CREATE TABLE told (
	org :id NOT NULL,
	network :id NOT NULL,
	decision :id NOT NULL,
	contribution :id NOT NULL,    -- as the person said it
	part :id NOT NULL,            -- the voice that stood for it then
	grade TEXT NOT NULL,          -- as in influence
	words TEXT NOT NULL,
	at_us :int NOT NULL,
	PRIMARY KEY (org, network, decision, contribution, part)
	, FOREIGN KEY (org, network, decision) REFERENCES decision (org, network, id)
) :strict;
INSERT INTO told (org, network, decision, contribution, part, grade, words, at_us)
	SELECT org, network, decision, contribution, contribution, grade, words, at_us
	FROM told_whole;
DROP TABLE told_whole;
CREATE INDEX told_contribution ON told (org, network, contribution);
