/* SPDX-License-Identifier: MPL-2.0 */

/* Codebooks of other programs: what is read is written and read again the
 * same; a fault has a place. */
#include "report/qda.h"

#include "tests/fuzz.h"

static void
check_same(const struct codebook *x, const struct codebook *y)
{
	MUST(x->n == y->n);
	for (ptrdiff_t i = 0; i < y->n; i++) {
		const struct book_code *c = codebook_find(x, y->list[i].id);
		MUST(c != NULL && str_eq(c->name, y->list[i].name));
		MUST(str_eq(c->colour, y->list[i].colour));
		MUST(id_eq(c->parent, y->list[i].parent));
		MUST((c->retired_us > 0) == (y->list[i].retired_us > 0));
	}
}

FUZZ(input)
{
	struct str file;
	struct qdc q = qdc_read(arena, input);
	if (q.fault != NULL) {
		MUST(q.line >= 1 && q.column >= 1);
		return;
	}
	MUST(q.book.n > 0 && q.book.n <= BOOK_MOST);
	MUST(qda_codebook(arena, &q.book, &file) == ERR_OK);
	struct qdc again = qdc_read(arena, file);
	MUST(again.fault == NULL);
	check_same(&q.book, &again.book);
}
