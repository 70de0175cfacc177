/* SPDX-License-Identifier: MPL-2.0 */

/* Any bytes as a form of SurveyJS: what is taken fits a measurement, and comes
 * back the same when it is written; what is not taken has a name and a reason. */
#include "base/utf8.h"
#include "model/catalogue.h"
#include "report/surveyjs.h"
#include "tests/fuzz.h"

static void
check_again(struct arena *a, const struct surveyjs *s)
{
	struct measure m = {.n_items = s->n};
	struct surveyjs *again = arena_new(a, struct surveyjs, 1);
	m.record.kind = KIND_MEASURE;
	for (ptrdiff_t i = 0; i < s->n; i++)
		m.item[i] = s->item[i];
	MUST(surveyjs_read(a, surveyjs_write(a, &m), again));
	MUST(again->n == s->n && again->n_left == 0);
	for (ptrdiff_t i = 0; i < s->n; i++) {
		MUST(str_eq(again->item[i].da, s->item[i].da));
		MUST(str_eq(again->item[i].en, s->item[i].en));
		MUST(str_eq(again->item[i].bank, s->item[i].bank));
	}
}

FUZZ(input)
{
	struct surveyjs *s = arena_new(arena, struct surveyjs, 1);
	catalogue_init();
	if (!surveyjs_read(arena, input, s)) {
		MUST(s->fault != NULL && s->n == 0);
		return;
	}
	MUST(s->n <= MEASURE_ITEMS && s->n_left <= SURVEYJS_LEFT);
	for (ptrdiff_t i = 0; i < s->n; i++) {
		const struct measure_item *item = &s->item[i];
		MUST(item->number == i + 1 && item->da.n > 0);
		MUST(utf8_valid(item->da) && utf8_valid(item->en));
		MUST(utf8_length(item->da) <= MEASURE_ITEM);
	}
	for (ptrdiff_t i = 0; i < s->n_left; i++)
		MUST(s->left[i].why != NULL);
	if (s->n > 0)
		check_again(arena, s);
}
