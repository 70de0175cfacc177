-- SPDX-License-Identifier: MPL-2.0
-- Words to one person alone that wait for the answer that carries them: also
-- where an earlier answer was sent, whose words stay as they were told.

ALTER TABLE reply ADD COLUMN unsent TEXT NOT NULL DEFAULT '';
UPDATE reply SET unsent = words, words = '' WHERE sent_us IS NULL;
