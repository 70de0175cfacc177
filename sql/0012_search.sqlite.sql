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

-- Which text a number of the index is.
CREATE TABLE search_words_doc (
	doc INTEGER NOT NULL PRIMARY KEY,
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	kind TEXT NOT NULL
) STRICT;

-- The index keeps no text of its own.  Each word begins with a mark of its
-- network; with secure-delete a word that is taken out leaves no trace.
CREATE VIRTUAL TABLE search_words USING fts5 (stems, forms, content = '',
	tokenize = 'ascii');
INSERT INTO search_words (search_words, rank) VALUES ('secure-delete', 1);
