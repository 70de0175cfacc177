/* SPDX-License-Identifier: MPL-2.0 */

/* Hostile text in what is no record: accounts, a new network, addresses; and
 * what is refused comes back in its form, all of it, with the field named. */
#include "base/buf.h"
#include "http/forms.h"
#include "model/outbox.h"
#include "tests/web/cases.h"
#include "tests/web/hostile_text.h"
#include "tests/web/markup.h"

enum { NAME_MAX = 120 };

struct table {
	struct full f;
	struct hostiles all;
};

static void
set_table(struct table *t, struct arena *arena, struct db *db)
{
	web_full(&t->f, arena, db);
	t->all = hostile_texts(arena);
	web_session(&t->f.web, t->f.web.world.mette);
}

/* The next text on an arena of its own: requests live there too. */
static const struct hostile *
begin(struct table *t, ptrdiff_t i)
{
	struct web *w = &t->f.web;
	if (w->request != NULL)
		arena_close(w->request);
	w->request = arena_scratch(w->world.arena);
	return &t->all.list[i];
}

static struct str
escaped(struct table *t, struct str s)
{
	return form_escape(t->f.web.request, s);
}

static struct markup
read_page(struct table *t, struct reply r)
{
	struct markup m = markup_html(t->f.web.request, r.body);
	if (m.fault != NULL)
		fail_msg("byte %td: %s", m.at, m.fault);
	return m;
}

/* Whether a text or a value of the page is, or ends in, this. */
static bool
has_piece(const struct markup *m, struct str text)
{
	for (ptrdiff_t i = 0; i < m->n; i++) {
		if (str_ends(m->list[i].text, text))
			return true;
	}
	return false;
}

/* How many elements and attributes; the same for every text. */
static ptrdiff_t
count_shape(const struct markup *m)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < m->n; i++)
		n += m->list[i].kind != PIECE_TEXT;
	return n;
}

/* ---- not even text ---- */

TEST(what_is_no_text_is_refused_before_a_page_sees_it)
{
	struct hostiles all = hostile_texts(arena);
	int refused = 0;
	for (ptrdiff_t i = 0; i < all.n; i++) {
		struct http_pairs pairs;
		struct str form = str_cat(
		    arena, S("text="), form_escape(arena, all.list[i].typed));
		enum err e = form_parse_urlencoded(arena, form, &pairs);
		CHECK_INT(e == ERR_INVALID, all.list[i].refused);
		refused += e != ERR_OK;
		if (e == ERR_OK)
			CHECK_STR(str_trim(http_get(pairs, S("text"))),
			    all.list[i].kept);
	}
	CHECK(refused >= 18);
	CHECK(all.n - refused > 200);
}

/* ---- accounts ---- */

static struct str
ida_path(struct table *t)
{
	return str_cat(t->f.web.world.arena, S("/admin/brugere/"),
	    id_text(t->f.web.world.arena, t->f.ida));
}

static void
check_account_pages(struct table *t, const struct hostile *h)
{
	struct web *w = &t->f.web;
	struct str token;
	struct markup m = read_page(t, web_get(w, ida_path(t)));
	CHECK_STR(markup_field(&m, S("name")), h->shown);
	m = read_page(t, web_get(w, S("/admin/brugere")));
	CHECK(has_piece(&m, h->shown));
	CHECK_OK(link_new(
	    w->world.db, w->world.arena, &w->world.program, t->f.ida, &token));
	struct str path = str_cat(w->request, S("/log-ind/link/"), token);
	m = read_page(t, web_get(w, path));
	CHECK(has_piece(&m, h->shown));
}

TEST_DB(hostile_names_of_people_are_shown_as_typed)
{
	struct table t;
	ptrdiff_t shape = 0;
	set_table(&t, arena, db);
	ptrdiff_t step = db_kind(db) == DB_POSTGRES ? 10 : 1;
	for (ptrdiff_t i = 0; i < t.all.n; i += step) {
		const struct hostile *h = begin(&t, i);
		if (h->refused || h->length > NAME_MAX)
			continue;
		struct reply r = web_post(&t.f.web, ida_path(&t),
		    str_fmt(t.f.web.request,
			"name=%.*s&mail=ida%%40fjordby.example",
			STR_ARG(escaped(&t, h->typed))));
		if (h->blank || !h->one_line) {
			CHECK_INT(r.status, 422);
			struct markup m = read_page(&t, r);
			CHECK(has_piece(&m, S("#name")));
			continue;
		}
		CHECK_INT(r.status, 303);
		check_account_pages(&t, h);
		struct markup m = read_page(
		    &t, web_get(&t.f.web, web_path(&t.f.web, "/mennesker")));
		CHECK(shape == 0 || shape == count_shape(&m));
		shape = count_shape(&m);
		CHECK(has_piece(&m, h->shown)); /* in the list of accounts */
	}
}

/* A mail address that is none comes back as it was typed. */
TEST_DB(hostile_mail_addresses_come_back_as_typed)
{
	struct table t;
	set_table(&t, arena, db);
	ptrdiff_t step = db_kind(db) == DB_POSTGRES ? 10 : 1;
	for (ptrdiff_t i = 0; i < t.all.n; i += step) {
		const struct hostile *h = begin(&t, i);
		if (h->refused || !h->one_line)
			continue;
		struct str text = escaped(&t, h->typed);
		struct reply r = web_post(&t.f.web, S("/admin/brugere"),
		    str_fmt(t.f.web.request, "name=%.*s&mail=%.*s",
			STR_ARG(text), STR_ARG(text)));
		CHECK_INT(r.status, 422);
		struct markup m = read_page(&t, r);
		CHECK_STR(markup_field(&m, S("mail")), h->shown);
		CHECK_STR(markup_field(&m, S("name")), h->shown);
		CHECK(has_piece(&m, S("#mail")));
		CHECK(!mail_address_ok(h->kept));
		if (h->length > NAME_MAX)
			continue;
		r = web_post(&t.f.web, S("/log-ind"),
		    str_fmt(t.f.web.request, "mail=%.*s", STR_ARG(text)));
		CHECK(r.status == 303 || r.status == 429);
	}
}

/* The mail to somebody with such a name has the subject it always has, and
 * goes to their address alone. */
TEST_DB(hostile_names_change_no_mail)
{
	struct table t;
	set_table(&t, arena, db);
	struct world *w = &t.f.web.world;
	for (ptrdiff_t i = 0; i < t.all.n; i += 3) {
		const struct hostile *h = begin(&t, i);
		struct mail_lines all;
		struct account_form form = {
		    .name = h->kept, .mail = S("ida@fjordby.example")};
		if (h->refused || h->length > NAME_MAX)
			continue;
		CHECK_OK(account_change(
		    db, t.f.web.request, &w->program, t.f.ida, form));
		CHECK_OK(
		    mail_forget(db, t.f.web.request, &w->program, form.mail));
		t.f.web.now_us += HOUR_US; /* as often as one may ask */
		web_session(&t.f.web, w->mette);
		CHECK_INT(web_post(&t.f.web, S("/log-ind"),
			      S("mail=ida%40fjordby.example"))
			      .status,
		    303);
		CHECK_OK(mail_list(db, t.f.web.request, &w->program,
		    (struct mail_query){.open = true}, &all));
		CHECK_INT(all.n, 1);
		CHECK_STR(all.list[0].to, S("ida@fjordby.example"));
		CHECK_STR(all.list[0].subject, S("Dit link til Samskab"));
		struct mail_line mail;
		CHECK_OK(mail_get(
		    db, t.f.web.request, &w->program, all.list[0].id, &mail));
		CHECK_HAS(mail.body, h->kept);
		struct markup m = read_page(&t,
		    web_get(&t.f.web,
			str_cat(t.f.web.request, S("/admin/post/"),
			    id_text(t.f.web.request, all.list[0].id))));
		CHECK(m.n > 20);
	}
}

/* ---- a new network ---- */

TEST_DB(a_new_network_that_is_refused_comes_back_whole)
{
	struct table t;
	set_table(&t, arena, db);
	ptrdiff_t step = db_kind(db) == DB_POSTGRES ? 10 : 1;
	for (ptrdiff_t i = 0; i < t.all.n; i += step) {
		const struct hostile *h = begin(&t, i);
		if (h->refused || h->length > 300)
			continue;
		struct str text = escaped(&t, h->typed);
		struct reply r = web_post(&t.f.web, S("/netvaerk/nyt"),
		    str_fmt(t.f.web.request,
			"name=%.*s&goal=%.*s&starts=%.*s&type=", STR_ARG(text),
			STR_ARG(text), STR_ARG(text)));
		CHECK_INT(r.status, 422);
		struct markup m = read_page(&t, r);
		CHECK_STR(markup_field(&m, S("name")), h->shown);
		CHECK_STR(markup_field(&m, S("goal")), h->shown);
		CHECK_STR(markup_field(&m, S("starts")), h->shown);
		CHECK(has_piece(&m, S("#felt-type")));
		CHECK(has_piece(&m, S("#felt-name")) ==
		    (h->blank || !h->one_line || h->length > NAME_MAX));
	}
}

/* A leader who was closed meanwhile is named; nothing of the network is kept
 * and nothing that was typed is lost. */
TEST_DB(a_new_network_with_a_closed_leader_comes_back_whole)
{
	struct table t;
	struct db_row row;
	set_table(&t, arena, db);
	struct world *w = &t.f.web.world;
	begin(&t, 0);
	CHECK_OK(account_enable(db, arena, &w->program, t.f.ida, false));
	struct reply r = web_post(&t.f.web, S("/netvaerk/nyt"),
	    str_fmt(arena,
		"name=Skolevejen+2&type=learning&goal=Flere+cykler&leader=%.*s",
		STR_ARG(id_text(arena, t.f.ida))));
	CHECK_INT(r.status, 422);
	struct markup m = read_page(&t, r);
	CHECK_STR(markup_field(&m, S("name")), S("Skolevejen 2"));
	CHECK_STR(markup_field(&m, S("goal")), S("Flere cykler"));
	CHECK(has_piece(&m, S("#felt-leader")));
	CHECK_OK(
	    db_one(db, arena, "SELECT COUNT(*) FROM network WHERE org = $1",
		&row, DB_ID(w->org.id)));
	CHECK_INT(db_int(&row, 0), 2);
}

/* ---- records that are refused ---- */

static struct str
repeated(struct arena *a, struct str part, ptrdiff_t length)
{
	struct buf b = buf_new(a, 1024 * 1024);
	while (b.n < length)
		buf_add(&b, part);
	return buf_str(&b);
}

/* A field that somebody types in. */
static bool
is_typed(const struct field_def *field)
{
	return !field->managed &&
	    (field->type == FIELD_LINE || field->type == FIELD_TEXT);
}

/* Fields of `kind` filled with texts, but `wrong` with what it refuses. */
static struct str
refused_form(
    struct table *t, enum record_kind kind, ptrdiff_t wrong, struct str value)
{
	const struct record_def *def = record_def(kind);
	struct buf b = buf_new(t->f.web.request, 128 * 1024);
	buf_add(&b, S("rev=0"));
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		struct str text = i == wrong ? value : S("<i>\"Andet\"</i>");
		if (is_typed(&def->fields[i]))
			buf_fmt(&b, "&%s=%.*s", def->fields[i].name,
			    STR_ARG(escaped(t, text)));
	}
	return buf_str(&b);
}

static void
check_refused(
    struct table *t, enum record_kind kind, ptrdiff_t wrong, struct str value)
{
	struct web *w = &t->f.web;
	const struct record_def *def = record_def(kind);
	begin(t, 0);
	struct id id = def->single ? w->world.network : id_new(NOW_US);
	struct str path =
	    str_fmt(w->request, "%.*s/gem/%s/%.*s", STR_ARG(web_path(w, "")),
		def->slug, STR_ARG(id_text(w->request, id)));
	struct reply r = web_post(w, path, refused_form(t, kind, wrong, value));
	CHECK_INT(r.status, 422);
	struct markup m = read_page(t, r);
	CHECK(has_piece(
	    &m, str_fmt(w->request, "#felt-%s", def->fields[wrong].name)));
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		if (is_typed(&def->fields[i]))
			CHECK_STR(markup_field(&m, str_c(def->fields[i].name)),
			    i == wrong ? value : S("<i>\"Andet\"</i>"));
	}
}

/* Too long, of more lines, invisible: each field of each kind. */
TEST_DB(what_a_field_refuses_comes_back_with_the_field_named)
{
	struct table t;
	int met = 0;
	set_table(&t, arena, db);
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct record_def *def =
		    record_def((enum record_kind)kind);
		for (ptrdiff_t i = 0; i < def->n_fields; i++) {
			const struct field_def *field = &def->fields[i];
			if (!is_typed(field))
				continue;
			check_refused(&t, (enum record_kind)kind, i,
			    repeated(arena, S("<b>\"&'ord_"), field->max + 20));
			if (field->type == FIELD_LINE)
				check_refused(&t, (enum record_kind)kind, i,
				    S("en\n</textarea>to"));
			if (field->required)
				check_refused(&t, (enum record_kind)kind, i,
				    S("\u200b\u2060"));
			met++;
		}
	}
	CHECK(met > 35);
}

/* Where two edits meet, both are shown as they were typed. */
TEST_DB(hostile_texts_that_meet_are_both_shown)
{
	struct table t;
	set_table(&t, arena, db);
	struct web *w = &t.f.web;
	struct str path = str_cat(arena, web_path(w, "/gem/formaal/"),
	    id_text(arena, w->world.network));
	int64_t rev = 1;
	for (ptrdiff_t i = 0; i < t.all.n; i += 5) {
		const struct hostile *h = begin(&t, i);
		if (h->refused || h->blank || h->length > 1000)
			continue;
		struct str theirs = str_fmt(w->request, "rev=%d&text=%.*s",
		    (int)rev, STR_ARG(escaped(&t, h->typed)));
		struct str mine =
		    str_fmt(w->request, "%.*s<mit>", STR_ARG(theirs));
		CHECK_INT(web_post(w, path, theirs).status, 303);
		struct reply r = web_post(w, path, mine);
		CHECK_INT(r.status, 409);
		struct markup m = read_page(&t, r);
		CHECK(has_piece(&m, h->shown));
		CHECK(str_ends(markup_field(&m, S("text")), S("<mit>")));
		rev++;
	}
	CHECK(rev > 30);
}

/* ---- addresses ---- */

/* The page of nothing names the address in links and in a form. */
TEST_DB(a_hostile_address_stays_in_its_place)
{
	struct table t;
	ptrdiff_t shape = 0;
	set_table(&t, arena, db);
	for (ptrdiff_t i = 0; i < t.all.n; i++) {
		const struct hostile *h = begin(&t, i);
		if (h->refused || str_find_byte(h->kept, '?') >= 0)
			continue;
		struct str path = str_cat(t.f.web.request, S("/x"), h->kept);
		struct reply r = web_get(&t.f.web, path);
		CHECK_INT(r.status, 404);
		struct markup m = read_page(&t, r);
		CHECK(shape == 0 || shape == count_shape(&m));
		shape = count_shape(&m);
		for (ptrdiff_t k = 0; k < m.n; k++) {
			if (str_eq(m.list[k].name, S("href")))
				CHECK(m.list[k].text.p[0] == '/' ||
				    m.list[k].text.p[0] == '#');
		}
	}
}

static bool
is_ours(struct str location)
{
	for (ptrdiff_t i = 0; i < location.n; i++) {
		unsigned char c = (unsigned char)location.p[i];
		if (c <= ' ' || c >= 0x7f || c == '\\')
			return false;
	}
	return location.n > 0 && location.p[0] == '/' &&
	    !str_starts(location, S("//"));
}

/* No way back leads elsewhere, or into another header. */
TEST_DB(a_hostile_way_back_leads_nowhere_else)
{
	static const struct str back[] = {S_INIT("//ond.example"),
	    S_INIT("/\t/ond.example"), S_INIT("/\n/ond.example"),
	    S_INIT("/\r/ond.example"), S_INIT("/\\ond.example"),
	    S_INIT("\\\\ond.example"), S_INIT("https://ond.example/"),
	    S_INIT("/x\r\nSet-Cookie: a=b"), S_INIT("/x\rSet-Cookie: a=b"),
	    S_INIT("/x\u2028y"), S_INIT("/x y"), S_INIT("")};
	struct table t;
	set_table(&t, arena, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(back) + t.all.n; i++) {
		struct str text = i < COUNT_OF(back)
		    ? back[i]
		    : t.all.list[i - COUNT_OF(back)].kept;
		if (i >= COUNT_OF(back) &&
		    t.all.list[i - COUNT_OF(back)].refused)
			continue;
		begin(&t, 0);
		struct reply r = web_post(&t.f.web, S("/konto/sprog"),
		    str_fmt(t.f.web.request, "lang=da&back=%.*s",
			STR_ARG(escaped(&t, text))));
		CHECK_INT(r.status, 303);
		CHECK(is_ours(r.location));
	}
	struct reply r = web_post(
	    &t.f.web, S("/konto/sprog"), S("lang=da&back=%2Fkonto%3Fx%3D1"));
	CHECK_STR(r.location, S("/konto?x=1")); /* the control */
}

/* ?ny=aktoer&name=... begins a form with it; other queries say nothing. */
TEST_DB(hostile_queries_fill_a_form_and_say_nothing)
{
	struct table t;
	ptrdiff_t shape = 0;
	set_table(&t, arena, db);
	ptrdiff_t step = db_kind(db) == DB_POSTGRES ? 10 : 2;
	struct str plan = web_path(&t.f.web, "/opgaver");
	for (ptrdiff_t i = 0; i < t.all.n; i += step) {
		const struct hostile *h = begin(&t, i);
		if (h->refused || h->length > 1000)
			continue;
		struct str text = escaped(&t, h->typed);
		struct str path = str_fmt(t.f.web.request,
		    "%.*s?ny=opgave&title=%.*s&note=%.*s&besked=%.*s"
		    "&fra=%.*s&sprog=%.*s",
		    STR_ARG(plan), STR_ARG(text), STR_ARG(text), STR_ARG(text),
		    STR_ARG(text), STR_ARG(text));
		struct markup m = read_page(&t, web_get(&t.f.web, path));
		CHECK_STR(markup_field(&m, S("title")), h->shown);
		CHECK_STR(markup_field(&m, S("note")), h->shown);
		CHECK(shape == 0 || shape == count_shape(&m));
		shape = count_shape(&m);
	}
}

/* ---- long ones ---- */

/* As long as a field takes, of words without an end and of marks without one:
 * in headings they are cut between code points, elsewhere whole. */
TEST_DB(the_longest_texts_are_taken_and_shown)
{
	static const struct str parts[] = {S_INIT("æ"), S_INIT("<"),
	    S_INIT("\u0301"), S_INIT("👍"), S_INIT("&amp;"), S_INIT("x ")};
	struct table t;
	set_table(&t, arena, db);
	for (ptrdiff_t i = 0; i < COUNT_OF(parts); i++) {
		begin(&t, 0);
		struct arena *a = t.f.web.request;
		struct buf b = buf_new(a, 64 * 1024);
		for (int k = 0; k < 200 / (int)(parts[i].n > 4 ? 5 : 1); k++)
			buf_add(&b, parts[i]);
		struct str title = str_trim(
			       str_sub(buf_str(&b), 0, parts[i].n * 30)),
			   note = str_trim(buf_str(&b));
		struct str path = str_cat(a, web_path(&t.f.web, "/gem/opgave/"),
		    id_text(a, id_new(NOW_US)));
		struct reply r = web_post(&t.f.web, path,
		    str_fmt(a, "rev=0&state=open&title=%.*s&note=%.*s",
			STR_ARG(escaped(&t, title)),
			STR_ARG(escaped(&t, note))));
		CHECK_INT(r.status, 303);
		struct markup m = read_page(
		    &t, web_get(&t.f.web, web_path(&t.f.web, "/opgaver")));
		CHECK(has_piece(&m, note));
		CHECK(has_piece(&m, title));
	}
}
