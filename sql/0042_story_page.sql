-- SPDX-License-Identifier: MPL-2.0
-- A story stands on the page for everybody when somebody says that it is done,
-- and not with its first words.

ALTER TABLE story ADD COLUMN page TEXT NOT NULL DEFAULT ''; -- yes, no; '' no
