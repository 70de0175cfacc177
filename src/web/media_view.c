/* SPDX-License-Identifier: MPL-2.0 */
#include "web/media_view.h"

#include "model/captions.h"
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

static bool
is_heard(const struct media *m)
{
	return str_eq(m->kind, S("sound")) || str_eq(m->kind, S("film"));
}

static bool
is_ready(const struct media *m)
{
	return str_eq(m->state, S("clean")) || str_eq(m->state, S("shown"));
}

/* Why it is not seen or heard here, or what it lacks. */
static struct str
note_of(struct req *rq, const struct media *m)
{
	if (str_eq(m->state, S("refused")))
		return req_tr(rq, "It could not be read, so it was not kept.");
	if (str_eq(m->state, S("raw")) && str_eq(m->kind, S("document")))
		return req_tr(rq,
		    "It is kept sealed and not shown: write what is in it.");
	if (str_eq(m->state, S("raw")))
		return req_tr(rq,
		    "It is being looked through. Come back in a "
		    "moment.");
	if (is_ready(m) && is_heard(m) &&
	    captions_of(rq->arena, m->words).n == 0)
		return req_tr(rq,
		    "It has no captions yet. Write what is said, with times.");
	return S("");
}

struct view_player_array
media_player(struct req *rq, const struct media *m, struct str base, bool words)
{
	struct arena *a = rq->arena;
	struct view_player *v = arena_new(a, struct view_player, 1);
	*v = (struct view_player){
	    .film = str_eq(m->kind, S("film")),
	    .src = str_cat(a, base, S("/fil")),
	    .label = m->name,
	    .lang = S("da"),
	    .width = m->width > 0 ? m->width : 640,
	    .height = m->height > 0 ? m->height : 360,
	    .words = words ? m->words : S(""),
	};
	if (m->thumb_size > 0)
		v->poster = str_cat(a, base, S("/lille"));
	if (captions_of(a, m->words).n > 0)
		v->track = str_cat(a, base, S("/undertekster"));
	return (struct view_player_array){v, 1};
}

int64_t
media_small(int64_t side, int64_t other)
{
	int64_t longest = side > other ? side : other;
	return longest <= THUMB_SIDE ? side : side * THUMB_SIDE / longest;
}

/* What was typed for this one stands in the form again, with what is wrong
 * with its file of captions. */
static void
bring_back(struct req *rq, const struct media *m, struct view_media_list *v)
{
	struct id id;
	struct str words;
	if (rq->http->method != HTTP_POST || rq->http->n_files == 0 ||
	    req_param_id(rq, S("id"), &id) != ERR_OK || !id_eq(id, m->id))
		return;
	const char *fault = captions_fault(
	    rq->arena, rq->http->files[0].bytes, &words, &v->fault_line);
	v->words = req_form(rq, S("words"));
	v->faces = face_options(rq, req_form(rq, S("faces")));
	v->shown = req_checked(rq, S("shown"));
	if (fault != NULL)
		v->fault = req_tr(rq, fault);
}

static struct view_media_list
line(struct req *rq, const struct media *m, bool tends)
{
	bool ready = is_ready(m);
	struct view_media_list v = {
	    .id = id_text(rq->arena, m->id),
	    .name = m->name,
	    .state = person_choice(rq, states, m->state),
	    .note = tends ? note_of(rq, m) : S(""),
	    .words = m->words,
	    .alt = m->words.n > 0 ? m->words : m->name,
	    .heard = is_heard(m),
	    .seen = str_eq(m->kind, S("picture")) || str_eq(m->kind, S("film")),
	    .people = !str_eq(m->kind, S("document")),
	    .can_show = ready,
	    .shown = str_eq(m->state, S("shown")),
	    .faces = face_options(rq, m->faces),
	    .words_action = media_href(rq, m->id, "/ord"),
	    .drop_action = media_href(rq, m->id, "/slet"),
	    .width = media_small(m->width, m->height),
	    .height = media_small(m->height, m->width),
	};
	if (ready && is_heard(m))
		v.players = media_player(
		    rq, m, media_href(rq, m->id, ""), /* words */ !tends);
	else if (ready && m->thumb_size > 0) {
		v.thumb_href = media_href(rq, m->id, "/lille");
		v.file_href = media_href(rq, m->id, "/fil");
	}
	if (tends)
		bring_back(rq, m, &v);
	return v;
}

enum err
media_view(struct req *rq, struct id contribution, struct view_media *v)
{
	struct media_list all;
	enum err e = media_of(rq->db, rq->arena, &rq->who, contribution, &all);
	if (e != ERR_OK)
		return e;
	e = media_may_tend(rq->db, rq->arena, &rq->who, contribution);
	if (e != ERR_OK && e != ERR_DENIED)
		return e;
	bool tends = e == ERR_OK;
	struct view_media_list *rows =
	    arena_new(rq->arena, struct view_media_list, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++)
		rows[i] = line(rq, &all.list[i], tends);
	struct str to =
	    STR_JOIN(rq->arena, req_network_path(rq, "/medier/til/"),
		id_text(rq->arena, contribution));
	*v = (struct view_media){
	    .list = {rows, all.n},
	    .asks = tends,
	    .csrf = req_csrf(rq),
	    .send_action = to,
	    .pieces_action = str_cat(rq->arena, to, S("/ny")),
	    .new_id = id_text(rq->arena, id_new(rq->http->now_us)),
	};
	return ERR_OK;
}
