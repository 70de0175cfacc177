/* SPDX-License-Identifier: MPL-2.0 */

/* Options that are ideas (model/round.h). */
#include "base/lang.h"
#include "model/idea.h"
#include "model/idea_words.h"
#include "model/round.h"

/* As every citizen with a code reads them, whoever asks. */
static enum err
ideas_of_citizens(
    struct db *db, struct arena *a, const struct actor *who, struct ideas *out)
{
	struct idea_view view = {.reader = IDEA_CITIZEN};
	return idea_list(db, a, who, &view, out);
}

/* ---- what they are called ---- */

static bool
any_theirs(const struct round *r)
{
	for (ptrdiff_t i = 0; i < r->n_options; i++) {
		if (r->option[i].theirs)
			return true;
	}
	return false;
}

/* Of those without a title: words that wait for the person's yes to other words
 * are not shown, and are not taken back either. */
static enum err
name_the_rest(
    struct db *db, struct arena *a, const struct actor *who, struct round *r)
{
	struct ideas all;
	struct idea_view view = {.reader = IDEA_STAFF};
	enum err e = idea_list(db, a, who, &view, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < r->n_options; i++) {
		struct round_option *o = &r->option[i];
		if (o->theirs && o->title.n == 0)
			o->title = tr(who->lang,
			    idea_find(&all, o->idea) != NULL
				? N_("An idea that is not shown now")
				: N_("An idea that was taken back"));
	}
	return e;
}

enum err
round_idea_titles(
    struct db *db, struct arena *a, const struct actor *who, struct round *r)
{
	struct ideas all;
	bool missing = false;
	if (!any_theirs(r))
		return ERR_OK;
	enum err e = ideas_of_citizens(db, a, who, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < r->n_options; i++) {
		struct round_option *o = &r->option[i];
		if (!o->theirs)
			continue;
		const struct idea *idea = idea_find(&all, o->idea);
		o->title = idea != NULL ? idea->title : S("");
		missing = missing || idea == NULL;
	}
	return e == ERR_OK && missing ? name_the_rest(db, a, who, r) : e;
}

enum err
round_titles_for_all(
    struct db *db, struct arena *a, const struct actor *who, struct round *r)
{
	struct ideas all;
	struct idea_view view = {.reader = IDEA_PUBLIC};
	if (!any_theirs(r))
		return ERR_OK;
	enum err e = idea_list(db, a, who, &view, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < r->n_options; i++) {
		struct round_option *o = &r->option[i];
		if (o->theirs && idea_find(&all, o->idea) == NULL)
			o->title = tr(who->lang, N_("An idea from a citizen"));
	}
	return e;
}

/* ---- which there are to choose from ---- */

static bool
is_option(const struct round *r, struct id idea)
{
	for (ptrdiff_t i = 0; i < r->n_options; i++) {
		if (id_eq(r->option[i].idea, idea))
			return true;
	}
	return false;
}

/* Whether it is still gone on with. */
static bool
is_alive(const struct idea *idea)
{
	struct str state = record_value(&idea->record, "state");
	return !idea->combined && !str_eq(state, S("dropped")) &&
	    !str_eq(state, S("stopped"));
}

enum err
round_ideas(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r, struct ideas *out)
{
	ptrdiff_t n = 0;
	enum err e = ideas_of_citizens(db, a, who, out);
	if (e != ERR_OK)
		return e;
	for (ptrdiff_t i = 0; i < out->n; i++) {
		const struct idea *idea = &out->list[i];
		if (is_alive(idea) && !is_option(r, idea->record.id))
			out->list[n++] = *idea;
	}
	out->n = n;
	return ERR_OK;
}

/* ---- choosing ---- */

/* A citizen's own words are not copied: the title stays in the idea. */
static struct round_option
option_of(const struct idea *idea, int64_t cost)
{
	bool untitled = idea_untitled(record_value(&idea->record, "title"));
	return (struct round_option){.title = untitled ? S("") : idea->title,
	    .cost = cost,
	    .idea = idea->record.id,
	    .theirs = untitled};
}

enum err
round_options_ideas(struct db *db, struct arena *a, const struct actor *who,
    const struct round *r, const struct round_picks *picks)
{
	struct ideas all;
	struct round_options more = {
	    arena_new(a, struct round_option, picks->n), 0};
	enum err e = round_ideas(db, a, who, r, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < picks->n; i++) {
		const struct round_pick *pick = &picks->list[i];
		const struct idea *idea = idea_find(&all, pick->idea);
		if (idea != NULL)
			more.list[more.n++] = option_of(idea, pick->cost);
		else if (!is_option(r, pick->idea))
			return ERR_INVALID;
	}
	return e == ERR_OK ? round_options_add(db, a, who, r, &more) : e;
}
