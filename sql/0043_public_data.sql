-- SPDX-License-Identifier: MPL-2.0
-- Whether anybody may fetch what stands on the page for everybody as a file.

ALTER TABLE public_page ADD COLUMN data :int NOT NULL DEFAULT 0;
