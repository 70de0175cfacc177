-- SPDX-License-Identifier: MPL-2.0
-- Who of the network itself takes part in an activity: ids of actors, a space
-- between.  Rule R12 looks for those who are with it all the way and had
-- nothing to do.
ALTER TABLE activity ADD COLUMN actors TEXT NOT NULL DEFAULT '';
