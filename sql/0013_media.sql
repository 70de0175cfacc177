-- SPDX-License-Identifier: MPL-2.0
-- Pictures, sound, film and papers that belong to what somebody said.  The
-- bytes lie sealed in files (model/media_file.h); the key of each lies here,
-- sealed with the installation's, so a row that is gone is bytes nobody reads.
CREATE TABLE media (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	contribution :id NOT NULL,
	account :id,                  -- who brought it
	created_us :int NOT NULL,
	changed_us :int NOT NULL,
	state TEXT NOT NULL,          -- coming, raw, clean, shown, refused
	kind TEXT NOT NULL,           -- '', picture, sound, film, document
	type TEXT NOT NULL,           -- '', image/jpeg, ...: by content
	fault TEXT NOT NULL,          -- of a refused one: a word
	size :int NOT NULL,           -- bytes, of what is kept
	got :int NOT NULL,            -- so many are here
	hash :bytes NOT NULL,         -- of those
	file :bytes NOT NULL,         -- where they lie
	thumb :bytes,                 -- the small copy of a picture
	thumb_size :int NOT NULL,
	width :int NOT NULL,
	height :int NOT NULL,
	key :bytes NOT NULL,          -- sealed
	name :bytes NOT NULL,         -- sealed: what the file was called
	words :bytes NOT NULL,        -- sealed: text alternative or transcript
	has_words :int NOT NULL,
	faces TEXT NOT NULL,          -- unasked, no, yes: it is settled
	PRIMARY KEY (org, network, id)
) :strict;
CREATE INDEX media_contribution ON media (org, network, contribution);
CREATE INDEX media_file ON media (org, file);
CREATE INDEX media_thumb ON media (org, thumb);
CREATE INDEX media_state ON media (org, state, changed_us);
