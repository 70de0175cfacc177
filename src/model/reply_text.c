/* SPDX-License-Identifier: MPL-2.0 */

/* What an answer says (model/reply.h). */
#include "base/buf.h"
#include "base/lang.h"
#include "model/contribution.h"
#include "model/reply.h"

enum { TEXT_BYTES = 64 * 1024 };

/* A voice that stands for two things she said is told once for each. */
enum err
reply_parts(struct db *db, struct arena *a, const struct actor *who,
    const struct reply_to *r, struct reply_parts *out)
{
	const struct trace *t = r->trace;
	*out = (struct reply_parts){arena_new(a, struct reply_part, r->n), 0};
	for (ptrdiff_t i = 0; i < r->n; i++) {
		struct contribution c;
		const struct trace_said *said = &t->said[r->first + i];
		enum err e =
		    contribution_get(db, a, who, said->contribution, &c);
		if (e != ERR_OK && e != ERR_NOT_FOUND)
			return e;
		out->list[out->n++] = (struct reply_part){said->contribution,
		    e == ERR_OK ? contribution_words(&c) : S(""),
		    trace_told(t, said)};
	}
	return ERR_OK;
}

static void
paragraph(struct buf *b, struct str text)
{
	if (text.n == 0)
		return;
	buf_add(b, b->n > 0 ? S("\n\n") : S(""));
	buf_add(b, text);
}

static void
add_part(struct arena *a, struct buf *b, const struct reply_part *p,
    const struct reply_look *look)
{
	if (p->link == NULL)
		return;
	struct str sentence = tr(look->lang, trace_sentence(p->link->grade));
	if (look->quotes && p->said.n > 0)
		paragraph(b,
		    tr_fill(a, tr(look->lang, "You told us: %1"), &p->said, 1));
	paragraph(b, STR_JOIN(a, sentence, S(" "), p->link->words));
}

static bool
says_the_same(const struct trace_link *x, const struct trace_link *y)
{
	return x != NULL && y != NULL && x->grade == y->grade &&
	    str_eq(x->words, y->words);
}

/* The same sentence once, where her words are not quoted between. */
static bool
stands_above(const struct reply_parts *parts, ptrdiff_t i)
{
	for (ptrdiff_t j = 0; j < i; j++) {
		if (says_the_same(parts->list[j].link, parts->list[i].link))
			return true;
	}
	return false;
}

static struct str
decided(struct arena *a, const struct decision *d, enum lang lang)
{
	static const struct choice sentences[] = {
	    {"adopted", N_("It was about %1. The answer is yes.")},
	    {"partly",
		N_("It was about %1. The answer is yes to a part of "
		   "it.")},
	    {"rejected", N_("It was about %1. The answer is no.")},
	    {"postponed", N_("It was about %1. It is decided later.")},
	    {0},
	};
	const struct choice *c =
	    choice_find(sentences, record_value(&d->record, "outcome"));
	struct str title = record_value(&d->record, "title");
	return c == NULL ? S("") : tr_fill(a, tr(lang, c->label), &title, 1);
}

struct str
reply_text(struct arena *a, const struct decision *d, const struct reply_to *r,
    const struct reply_parts *parts, const struct reply_look *look)
{
	struct buf b = buf_new(a, TEXT_BYTES);
	struct str next = record_value(&d->record, "next");
	paragraph(&b,
	    tr(look->lang, "You have told us something. This is our answer."));
	paragraph(&b, decided(a, d, look->lang));
	paragraph(&b, record_value(&d->record, "reason"));
	for (ptrdiff_t i = 0; i < parts->n; i++) {
		if (look->quotes || !stands_above(parts, i))
			add_part(a, &b, &parts->list[i], look);
	}
	if (next.n > 0)
		paragraph(&b,
		    STR_JOIN(
			a, tr(look->lang, "What happens now:"), S(" "), next));
	paragraph(&b, r->words);
	paragraph(&b, r->unsent);
	return buf_str(&b);
}
