-- SPDX-License-Identifier: MPL-2.0
-- How the columns of a file are to be understood where somebody said so (a
-- letter a column, model/voices_file.h), and whether rows that seem to hold a
-- name are left out.

ALTER TABLE voices_import ADD COLUMN columns TEXT NOT NULL DEFAULT '';
ALTER TABLE voices_import ADD COLUMN no_names :int NOT NULL DEFAULT 0;
