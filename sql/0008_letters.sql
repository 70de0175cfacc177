-- SPDX-License-Identifier: MPL-2.0
-- Codes that wait a day for the letters they stand in to be printed.  body is
-- sealed with the installation's key: a person and a code a line.  Erasing a
-- person ends the code, so what is left here opens nothing.
CREATE TABLE letter_batch (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	invitation :id NOT NULL,
	account :id,                  -- who made them, and may fetch them
	made_us :int NOT NULL,
	format TEXT NOT NULL,         -- letters, large, post, sms
	body :bytes NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;
CREATE INDEX letter_batch_made ON letter_batch (org, made_us);
