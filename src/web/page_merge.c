/* SPDX-License-Identifier: MPL-2.0 */

/* Putting together what says the same, and dividing what says two things. */
#include "model/merge.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "view_merge.h"
#include "view_split.h"
#include "web/faults.h"
#include "web/pages.h"
#include "web/person_view.h"
#include "web/plans.h"
#include "web/shell.h"
#include "web/voice_view.h"

/* ---- putting together ---- */

static void
add_chosen(struct str value, struct merge *m)
{
	struct id id;
	if (m->n == MERGE_MOST || !id_parse(value, &id))
		return;
	for (ptrdiff_t k = 0; k < m->n; k++) {
		if (id_eq(m->of[k], id))
			return;
	}
	m->of[m->n++] = id;
}

/* Every id of every "v", once. */
static void
read_chosen(struct http_pairs pairs, struct merge *m)
{
	for (ptrdiff_t i = 0; i < pairs.n; i++) {
		struct str rest = str_trim(pairs.list[i].value);
		while (str_eq(pairs.list[i].name, S("v")) && rest.n > 0)
			add_chosen(str_cut(&rest, ' '), m);
	}
}

/* All of them, a space between. */
static struct str
chosen_ids(struct req *rq, const struct merge *m)
{
	struct buf b = buf_new(rq->arena, (ptrdiff_t)MERGE_MOST * 40);
	for (ptrdiff_t i = 0; i < m->n; i++) {
		buf_add(&b, i > 0 ? S(" ") : S(""));
		buf_add(&b, id_text(rq->arena, m->of[i]));
	}
	return buf_str(&b);
}

struct merge_form {
	struct merge m;
	struct merge_faults faults;
	struct contribution *of; /* those that may be read */
	ptrdiff_t n;
};

static enum err
read_origins(struct req *rq, struct merge_form *f)
{
	enum err e = ERR_OK;
	f->of = arena_new(rq->arena, struct contribution, f->m.n);
	for (ptrdiff_t i = 0; e == ERR_OK && i < f->m.n; i++) {
		e = contribution_get(
		    rq->db, rq->arena, &rq->who, f->m.of[i], &f->of[f->n]);
		if (e == ERR_OK)
			f->n++;
		else if (e == ERR_NOT_FOUND)
			e = ERR_OK;
	}
	return e;
}

static struct view_merge_voices_array
origins_view(struct req *rq, const struct merge_form *f)
{
	struct view_merge_voices *rows =
	    arena_new(rq->arena, struct view_merge_voices, f->n);
	for (ptrdiff_t i = 0; i < f->n; i++) {
		const struct contribution *c = &f->of[i];
		rows[i] = (struct view_merge_voices){
		    .href = voice_href(rq, c->id, ""),
		    .words = contribution_words(c),
		    .kind = person_choice(rq, contribution_kinds, c->kind),
		    .state = person_choice(rq, contribution_states, c->state),
		    .scope = voice_scope(rq, c->scope),
		    .who = voice_who(rq, c)};
	}
	return (struct view_merge_voices_array){rows, f->n};
}

/* Words of the network's own, or those of one. */
static struct view_inputs
merge_inputs(struct req *rq, const struct merge_form *f)
{
	struct view_input_options *keep =
	    arena_new(rq->arena, struct view_input_options, f->n + 1);
	keep[0] = (struct view_input_options){
	    .value = S("own"), .label = req_tr(rq, "Words that we write")};
	for (ptrdiff_t i = 0; i < f->n; i++)
		keep[i + 1] = (struct view_input_options){
		    .value = id_text(rq->arena, f->of[i].id),
		    .label = req_tr1(rq, N_("The words of number %1"),
			lang_int(rq->arena, rq->lang, i + 1))};
	const struct input in[] = {
	    {.kind = INPUT_RADIO,
		.name = "keep",
		.label = N_("Whose words"),
		.value = id_is_set(f->m.kept) ? id_text(rq->arena, f->m.kept)
					      : S("own"),
		.fault = f->faults.of,
		.options = {keep, f->n + 1}},
	    {.kind = INPUT_TEXT,
		.name = "words",
		.label = N_("The common words"),
		.hint = N_("Left out where the words of one are kept."),
		.value = f->m.words,
		.optional = true,
		.rows = 4,
		.fault = f->faults.words},
	    {.kind = INPUT_SELECT,
		.name = "kind",
		.label = N_("Kind"),
		.value = f->m.kind,
		.fault = f->faults.kind,
		.choices = contribution_kinds}};
	return inputs_view(rq, in, COUNT_OF(in));
}

static enum err
show_merge(struct req *rq, struct merge_form *f, int status)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e == ERR_OK)
		e = read_origins(rq, f);
	if (e != ERR_OK)
		return e;
	if (f->m.kind.n == 0 && f->n > 0)
		f->m.kind = str_eq(f->of[0].kind, S("quote")) ? S("observation")
							      : f->of[0].kind;
	struct view_merge v = {
	    .head = voice_head(rq, plan, req_tr(rq, "Put together")),
	    .foot = shell_foot(rq),
	    .list_href = req_network_path(rq, "/stemmer"),
	    .action = req_network_path(rq, "/stemmer/sammen"),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	    .id = id_text(rq->arena, f->m.id),
	    .chosen = chosen_ids(rq, &f->m),
	    .voices = origins_view(rq, f),
	    .inputs = merge_inputs(rq, f),
	};
	tmpl_merge(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /netvaerk/N/stemmer/sammen?v=ID&v=ID */
enum err
page_merge(struct req *rq)
{
	struct merge_form f = {.m = {.id = id_new(rq->http->now_us)}};
	read_chosen(rq->http->query, &f.m);
	return show_merge(rq, &f, 200);
}

/* POST /netvaerk/N/stemmer/sammen */
enum err
page_merge_save(struct req *rq)
{
	struct merge_form f = {.m = {.kind = req_form(rq, S("kind")),
				   .words = req_form(rq, S("words"))}};
	struct str keep = req_form(rq, S("keep"));
	if (!id_parse(req_form(rq, S("id")), &f.m.id))
		return ERR_INVALID;
	if (!id_parse(keep, &f.m.kept))
		f.m.kept = (struct id){0};
	read_chosen(rq->http->form, &f.m);
	enum err e = merge_check(rq->db, rq->arena, &rq->who, &f.m, &f.faults);
	if (e != ERR_OK)
		return e;
	if (f.faults.any)
		return show_merge(rq, &f, 422);
	e = contribution_merge(rq->db, rq->arena, &rq->who, &f.m);
	struct str href = voice_href(rq, f.m.id, "");
	return e == ERR_OK ? req_redirect(rq, "%.*s", STR_ARG(href)) : e;
}

/* ---- dividing ---- */

static const struct choice parts[] = {
    {"0", N_("In no part")},
    {"1", N_("Part 1")},
    {"2", N_("Part 2")},
    {"3", N_("Part 3")},
    {"4", N_("Part 4")},
    {"5", N_("Part 5")},
    {0},
};

/* "s7" is which part the seventh sentence goes in. */
static const char *
sentence_name(struct req *rq, ptrdiff_t i)
{
	return str_cstr(rq->arena, str_fmt(rq->arena, "s%td", i + 1));
}

static struct view_inputs
split_inputs(struct req *rq, const struct contribution *c)
{
	struct str words = contribution_words(c);
	struct passages all = passage_sentences(rq->arena, words);
	struct input *in = arena_new(rq->arena, struct input, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const char *name = sentence_name(rq, i);
		struct str typed = req_form(rq, str_c(name));
		in[i] = (struct input){.kind = INPUT_SELECT,
		    .name = name,
		    .words = passage_words(words, all.list[i]),
		    .value = typed.n > 0 ? typed : S("0"),
		    .choices = parts};
	}
	return inputs_view(rq, in, all.n);
}

/* The parts' ids come from the one of the form, the same when it comes
 * twice. */
static struct id
form_id(struct req *rq)
{
	struct id id;
	if (!id_parse(req_form(rq, S("id")), &id))
		id = id_new(rq->http->now_us);
	return id;
}

static struct id
part_id(struct id base, int part)
{
	base.b[15] ^= (unsigned char)part;
	return base;
}

static enum err
show_split(struct req *rq, const struct contribution *c, const char *error)
{
	const struct plan *plan;
	enum err e = plans_get(rq, &plan);
	if (e != ERR_OK)
		return e;
	struct view_split v = {
	    .head = voice_head(rq, plan, req_tr(rq, "Divide")),
	    .foot = shell_foot(rq),
	    .faults =
		faults_sentence(rq, error == NULL ? S("") : req_tr(rq, error)),
	    .list_href = req_network_path(rq, "/stemmer"),
	    .voice_href = voice_href(rq, c->id, ""),
	    .action = voice_href(rq, c->id, "/del"),
	    .kind = person_choice(rq, contribution_kinds, c->kind),
	    .csrf = req_csrf(rq),
	    .rev = str_fmt(rq->arena, "%lld", (long long)c->rev),
	    .id = id_text(rq->arena, form_id(rq)),
	    .inputs = split_inputs(rq, c),
	};
	tmpl_split(&rq->out, rq->lang, &v);
	return req_html_status(rq, error == NULL ? 200 : 422);
}

static enum err
load(struct req *rq, struct contribution *c)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	return e == ERR_OK
	    ? contribution_get(rq->db, rq->arena, &rq->who, id, c)
	    : e;
}

/* GET /netvaerk/N/stemmer/ID/del */
enum err
page_split(struct req *rq)
{
	struct contribution c;
	enum err e = load(rq, &c);
	return e == ERR_OK ? show_split(rq, &c, NULL) : e;
}

/* The parts that sentences were chosen for, in their order. */
static void
read_parts(struct req *rq, const struct contribution *c, struct split *s)
{
	struct passages all =
	    passage_sentences(rq->arena, contribution_words(c));
	struct id base = form_id(rq);
	for (int k = 0; k < PARTS_MOST; k++) {
		struct split_part *part = &s->part[s->n];
		*part = (struct split_part){part_id(base, k),
		    {arena_new(rq->arena, struct passage, all.n), 0}};
		for (ptrdiff_t i = 0; i < all.n; i++) {
			int64_t to;
			struct str name = str_c(sentence_name(rq, i));
			if (str_int(req_form(rq, name), &to) && to == k + 1)
				part->of.list[part->of.n++] = all.list[i];
		}
		s->n += part->of.n > 0;
	}
}

/* POST /netvaerk/N/stemmer/ID/del */
enum err
page_split_save(struct req *rq)
{
	struct contribution c;
	struct split s = {.n = 0};
	enum err e = load(rq, &c);
	if (e != ERR_OK)
		return e;
	read_parts(rq, &c, &s);
	if (!str_int(req_form(rq, S("rev")), &c.rev))
		c.rev = 0;
	e = contribution_split(rq->db, rq->arena, &rq->who, &c, &s);
	if (e == ERR_INVALID)
		return show_split(rq, &c,
		    N_("Choose sentences for two parts at least. What nobody "
		       "has looked through is not divided."));
	if (e == ERR_CONFLICT) {
		e = load(rq, &c);
		return e != ERR_OK ? e
				   : show_split(rq, &c,
					 N_("Somebody else changed it while "
					    "you looked. Look again, and do "
					    "it once more."));
	}
	struct str href = voice_href(rq, c.id, "");
	return e == ERR_OK ? req_redirect(rq, "%.*s", STR_ARG(href)) : e;
}
