-- SPDX-License-Identifier: MPL-2.0
-- What stood in a file of few voices (a story, a brief), so that it alone is
-- called back from there.  Other files held whatever might be in them.

CREATE TABLE export_voice (
	org :id NOT NULL,
	network :id NOT NULL,
	export :id NOT NULL,
	contribution :id NOT NULL,
	PRIMARY KEY (org, network, export, contribution)
	, FOREIGN KEY (org, network, export) REFERENCES voices_export (org, network, id)
) :strict;
CREATE INDEX export_voice_contribution
	ON export_voice (org, network, contribution);
