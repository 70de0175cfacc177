/* SPDX-License-Identifier: MPL-2.0 */

/* Documents as JSON, as the drawing child gets them: what is read can be
 * written, and comes back the same. */
#include "report/doc.h"
#include "tests/fuzz.h"

FUZZ(input)
{
	struct doc *doc, *again;
	struct str first, second;
	if (doc_read_json(arena, input, &doc) != ERR_OK)
		return;
	MUST(doc_write_json(arena, doc, &first) == ERR_OK);
	MUST(doc_read_json(arena, first, &again) == ERR_OK);
	MUST(doc_write_json(arena, again, &second) == ERR_OK);
	MUST(str_eq(first, second));
}
