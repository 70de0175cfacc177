/* SPDX-License-Identifier: MPL-2.0 */
#include "web/reading.h"

#include "model/sending.h"
#include "web/pages.h"
#include "web/plans.h"

static const char *
judgement(const struct plain *p)
{
	if (!p->lix.sure)
		return N_("The text is short, so the number is unsure.");
	switch (p->finding) {
	case PLAIN_CHILDISH:
		return N_("That is very easy. Adults may find it childish.");
	case PLAIN_HARD:
		return N_("It is harder than it need be. Split the sentences "
			  "below.");
	case PLAIN_TOO_HARD:
		return N_("It is too hard to be sent. Split the sentences "
			  "below.");
	default:
		return N_("It can be read by those you ask.");
	}
}

static const char *const bands[] = {
    [LIX_VERY_EASY] = N_("very easy"),
    [LIX_EASY] = N_("easy"),
    [LIX_MEDIUM] = N_("medium"),
    [LIX_HARD] = N_("hard"),
    [LIX_VERY_HARD] = N_("very hard"),
    [LIX_NO_BAND] = N_("no text"),
};

struct view_reading
reading_view(struct req *rq, struct str text, const struct plain *p)
{
	struct view_reading v = {
	    .text = text,
	    .lix = lang_int(rq->arena, rq->lang, p->lix.rounded),
	    .band = req_tr(rq, bands[p->lix.band]),
	    .judgement = req_tr(rq, judgement(p)),
	    .has_hard = p->n_hardest > 0,
	    .has_words = p->n_words > 0,
	};
	struct view_reading_hard *hard =
	    arena_new(rq->arena, struct view_reading_hard, p->n_hardest);
	struct view_reading_words *words =
	    arena_new(rq->arena, struct view_reading_words, p->n_words);
	for (ptrdiff_t i = 0; i < p->n_hardest; i++)
		hard[i].text = p->hardest[i];
	for (ptrdiff_t i = 0; i < p->n_words; i++)
		words[i] = (struct view_reading_words){
		    p->word[i].found, p->word[i].better};
	v.hard.p = hard;
	v.hard.n = p->n_hardest;
	v.words.p = words;
	v.words.n = p->n_words;
	return v;
}

static struct view_reads
reads_of(struct req *rq, const struct plan *plan, const struct record *r)
{
	struct str text = invitation_text(rq->arena, plan, r);
	enum lang lang = lang_parse(record_value(r, "lang"), LANG_DA);
	struct plain plain =
	    plain_check(rq->arena, text, lang, invitation_reader(plan, r));
	return (struct view_reads){
	    .action = req_network_path(rq, "/laesbarhed"),
	    .writing = true,
	    .reading = reading_view(rq, text, &plain),
	};
}

struct view_reads
reads_view(struct req *rq, const struct plan *plan, const struct edit *edit)
{
	if (edit->on && edit->record.kind == KIND_INVITATION)
		return reads_of(rq, plan, &edit->record);
	return (struct view_reads){
	    .action = req_network_path(rq, "/laesbarhed")};
}

/* POST /netvaerk/N/laesbarhed: a piece of page, for the script.  A POST, so
 * that the words stand in no address; it writes nothing. */
enum err
page_readability(struct req *rq)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct record r = edit_from_form(rq, KIND_INVITATION, (struct id){0});
	struct view_reads v = reads_of(rq, plan, &r);
	tmpl_reads(&rq->out, rq->lang, &v);
	return req_html(rq);
}

struct str
reading_hard(struct req *rq, struct str reason)
{
	struct plain plain =
	    plain_check(rq->arena, reason, rq->lang, PLAIN_CITIZEN);
	if (plain.finding != PLAIN_HARD && plain.finding != PLAIN_TOO_HARD)
		return S("");
	return req_tr1(rq,
	    "The reason has LIX %1. At 34 and below most people read it with "
	    "ease. Make the sentences shorter, or keep it.",
	    lang_int(rq->arena, rq->lang, plain.lix.rounded));
}
