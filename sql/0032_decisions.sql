-- SPDX-License-Identifier: MPL-2.0
-- What was decided, what each voice had to do with it, and the answer that
-- everybody who spoke is owed.

CREATE TABLE decision (
	org :id NOT NULL,
	network :id NOT NULL,
	id :id NOT NULL,
	rev :int NOT NULL,
	changed_us :int NOT NULL,
	changed_by :id,
	removed_us :int,
	title TEXT NOT NULL,          -- to citizens
	question TEXT NOT NULL,       -- to who decides
	body TEXT NOT NULL,           -- who decides
	due TEXT NOT NULL,            -- the day; dates
	room TEXT NOT NULL,           -- what can change, said before
	fixed TEXT NOT NULL,
	options TEXT NOT NULL,        -- a line each
	cost TEXT NOT NULL,
	activities TEXT NOT NULL,     -- whose voices it has to answer; with
	ideas TEXT NOT NULL,          -- those under these; '' in all three:
	insights TEXT NOT NULL,       -- every voice of the network
	owner :id,
	state TEXT NOT NULL,          -- prepared, taken, reasoned, answered,
				      -- followed
	outcome TEXT NOT NULL,        -- '', adopted, partly, rejected, postponed
	taken TEXT NOT NULL,          -- the day
	reason TEXT NOT NULL,         -- to citizens
	next TEXT NOT NULL,           -- what happens now, to citizens
	result TEXT NOT NULL,         -- what came of it later, to citizens
	PRIMARY KEY (org, network, id)
) :strict;

-- What a voice, an insight or an idea had to do with a decision.  What stands
-- at an insight or an idea holds for the voices under it that have no grade
-- of their own.
CREATE TABLE influence (
	org :id NOT NULL,
	network :id NOT NULL,
	decision :id NOT NULL,
	source :id NOT NULL,
	kind TEXT NOT NULL,           -- contribution, insight, idea
	grade TEXT NOT NULL,          -- changed, shaped, confirmed,
				      -- not_followed, out_of_scope
	words TEXT NOT NULL,          -- a sentence to who said it
	at_us :int NOT NULL,
	account :id,
	PRIMARY KEY (org, network, decision, source, kind)
	, FOREIGN KEY (org, network, decision) REFERENCES decision (org, network, id)
) :strict;
CREATE INDEX influence_source ON influence (org, network, source);

-- The answer to one person on one decision.  What she said stands nowhere
-- here: it is read from her contributions when it is shown.
CREATE TABLE reply (
	org :id NOT NULL,
	network :id NOT NULL,
	decision :id NOT NULL,
	person :id NOT NULL,
	words TEXT NOT NULL,          -- to her alone; '' what all are told
	channel TEXT NOT NULL,        -- page, mail, letter, phone; '' not sent
	sent_us :int,
	account :id,                  -- who sent it
	reaction TEXT NOT NULL,       -- '', recognise, disagree, question
	reaction_words TEXT NOT NULL,
	reaction_us :int,
	seen_us :int,                 -- one of us has dealt with it
	PRIMARY KEY (org, network, decision, person)
	, FOREIGN KEY (org, network, decision) REFERENCES decision (org, network, id)
) :strict;
CREATE INDEX reply_person ON reply (org, network, person);

-- What came of it since, in the order it was told.
CREATE TABLE decision_news (
	org :id NOT NULL,
	network :id NOT NULL,
	decision :id NOT NULL,
	id :id NOT NULL,
	at_us :int NOT NULL,
	account :id,
	words TEXT NOT NULL,          -- to citizens
	PRIMARY KEY (org, network, decision, id)
	, FOREIGN KEY (org, network, decision) REFERENCES decision (org, network, id)
) :strict;
