/* SPDX-License-Identifier: MPL-2.0 */
#include "web/media_view.h"

#include "model/media.h"
#include "web/person_view.h"

enum { THUMB_SIDE = 400 };

static const struct choice states[] = {
    {"coming", N_("On its way")},
    {"raw", N_("Kept")},
    {"clean", N_("Looked through")},
    {"shown", N_("May be shown")},
    {"refused", N_("Refused")},
    {0},
};

static const struct choice faces[] = {
    {"unasked", N_("Not asked yet")},
    {"no", N_("No")},
    {"yes", N_("Yes, or nobody can be recognised")},
    {0},
};

static struct str
media_href(struct req *rq, struct id id, const char *rest)
{
	return STR_JOIN(rq->arena, req_network_path(rq, "/medier/"),
	    id_text(rq->arena, id), str_c(rest));
}

static struct view_option_array
face_options(struct req *rq, struct str now)
{
	struct view_option *rows =
	    arena_new(rq->arena, struct view_option, COUNT_OF(faces));
	ptrdiff_t n = 0;
	for (const struct choice *c = faces; c->key != NULL; c++)
		rows[n++] = (struct view_option){.value = str_c(c->key),
		    .label = req_tr(rq, c->label),
		    .chosen = str_eq(str_c(c->key), now)};
	return (struct view_option_array){rows, n};
}

/* Why it is not seen or heard here. */
static struct str
note_of(struct req *rq, const struct media *m)
{
	if (str_eq(m->state, S("refused")))
		return req_tr(rq, "It could not be read, so it was not kept.");
	if (str_eq(m->state, S("raw")) && str_eq(m->kind, S("picture")))
		return req_tr(rq,
		    "It is being looked through. Come back in a "
		    "moment.");
	if (str_eq(m->state, S("raw")))
		return req_tr(rq,
		    "It is kept sealed. It cannot be played here "
		    "yet: write what is in it.");
	return S("");
}

/* The longest side as the small copy has it. */
static int64_t
small(int64_t side, int64_t other)
{
	int64_t longest = side > other ? side : other;
	return longest <= THUMB_SIDE ? side : side * THUMB_SIDE / longest;
}

static struct view_media_list
line(struct req *rq, const struct media *m)
{
	bool ready =
	    str_eq(m->state, S("clean")) || str_eq(m->state, S("shown"));
	struct view_media_list v = {
	    .id = id_text(rq->arena, m->id),
	    .name = m->name,
	    .state = person_choice(rq, states, m->state),
	    .note = note_of(rq, m),
	    .words = m->words,
	    .alt = m->words.n > 0 ? m->words : m->name,
	    .heard = str_eq(m->kind, S("sound")) || str_eq(m->kind, S("film")),
	    .seen = str_eq(m->kind, S("picture")) || str_eq(m->kind, S("film")),
	    .can_show = ready,
	    .shown = str_eq(m->state, S("shown")),
	    .faces = face_options(rq, m->faces),
	    .words_action = media_href(rq, m->id, "/ord"),
	    .drop_action = media_href(rq, m->id, "/slet"),
	    .width = small(m->width, m->height),
	    .height = small(m->height, m->width),
	};
	if (ready && m->thumb_size > 0) {
		v.thumb_href = media_href(rq, m->id, "/lille");
		v.file_href = media_href(rq, m->id, "/fil");
	}
	return v;
}

enum err
media_view(struct req *rq, struct id contribution, struct view_media *v)
{
	struct media_list all;
	enum err e = media_of(rq->db, rq->arena, &rq->who, contribution, &all);
	if (e != ERR_OK)
		return e;
	struct view_media_list *rows =
	    arena_new(rq->arena, struct view_media_list, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++)
		rows[i] = line(rq, &all.list[i]);
	*v = (struct view_media){
	    .list = {rows, all.n},
	    .asks = actor_may(&rq->who, CAP_ASK),
	    .csrf = req_csrf(rq),
	    .send_action =
		STR_JOIN(rq->arena, req_network_path(rq, "/medier/til/"),
		    id_text(rq->arena, contribution)),
	};
	return ERR_OK;
}
