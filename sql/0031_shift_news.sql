-- SPDX-License-Identifier: MPL-2.0
-- What somebody on a shift is told when it happens, and expenses that were
-- paid back.

ALTER TABLE shift_event ADD COLUMN tell TEXT NOT NULL DEFAULT ''; -- '' nothing,
				      -- due, hand (by phone or letter), told,
				      -- late (no more to tell)
ALTER TABLE shift_event ADD COLUMN told_us :int;
ALTER TABLE shift_event ADD COLUMN told_by :id;
CREATE INDEX shift_event_tell ON shift_event (org, tell, network);

ALTER TABLE shift_place ADD COLUMN paid_us :int;
