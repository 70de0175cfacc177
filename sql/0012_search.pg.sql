-- SPDX-License-Identifier: MPL-2.0
-- Search over what people said: src/model/search.h tells how.

-- One row a text: what it is found by.  A text that is gone is gone from here
-- and from the index in the same transaction.
CREATE TABLE search_doc (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,              -- of what was said
	kind TEXT NOT NULL,           -- what it is: contribution, insight ...
	doc :int NOT NULL,            -- its place in time, newest largest
	stems TEXT NOT NULL,
	forms TEXT NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;

-- The words of each text, each beginning with a mark of its network.
CREATE TABLE search_words (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	kind TEXT NOT NULL,
	doc :int NOT NULL,
	words tsvector NOT NULL,
	PRIMARY KEY (org, network, id)
) :strict;
CREATE UNIQUE INDEX search_words_newest ON search_words (org, network, doc);
CREATE INDEX search_words_words ON search_words USING gin (words);
