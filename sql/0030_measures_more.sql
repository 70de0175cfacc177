-- SPDX-License-Identifier: MPL-2.0
-- The day until which a round asks, and who was called to mind before it.

ALTER TABLE measure_round ADD COLUMN ends TEXT NOT NULL DEFAULT ''; -- '': no day

-- `who` as in measure_answer, and no time: it leads to nobody.
CREATE TABLE measure_reminder (
	org :id NOT NULL,
	network :id NOT NULL,
	measure :id NOT NULL,
	round :int NOT NULL,
	who :bytes NOT NULL,
	PRIMARY KEY (org, network, measure, round, who)
	, FOREIGN KEY (org, network, measure, round) REFERENCES measure_round (org, network, measure, number)
) :strict;
