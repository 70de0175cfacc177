/* SPDX-License-Identifier: MPL-2.0 */

/* Hostile text in every field of every kind of record.
 *
 * A page is read beside its twin, which has plain marks where the text is: the
 * two must have the same elements and attributes, and each text and value must
 * be the twin's with the marks replaced by what was typed.  So nothing breaks
 * out of its place, nothing is lost and nothing is changed. */
#include <stdio.h>

#include "base/buf.h"
#include "http/forms.h"
#include "tests/web/hostile_text.h"
#include "tests/web/markup.h"
#include "tests/report/help.h"
#include "tests/web/site.h"

enum {
	SLOTS = 5, /* texts at a time */
	MAX_ITEMS = 64,
	SHORT = 60, /* code points; longer ones are cut in headings */
	PAGES = 7,
};

/* A record of the stage. */
struct item {
	enum record_kind kind;
	struct id id;
	struct record base; /* what is no text in it */
	int slot; /* of its first line */
	int64_t rev;
};

/* What the texts of a round are: for fields of one line, and for others. */
struct texts {
	struct hostile line[SLOTS], text[SLOTS];
};

struct stage {
	struct web w;
	struct item item[MAX_ITEMS];
	int n, round;
	struct markup twin[PAGES];
	struct texts marks, now;
	struct hostiles all;
	ptrdiff_t next_line, next_text;
	struct arena *arena; /* of this round */
	bool quiet; /* a difference is what is wanted */
};

/* ---- the records ---- */

static struct item *
add_item(struct stage *s, enum record_kind kind, int slot)
{
	struct item *item = &s->item[s->n];
	bool single = record_def(kind)->single;
	*item = (struct item){.kind = kind,
	    .id = single ? s->w.world.network
			 : id_new(NOW_US + 1000 * (1 + s->n)),
	    .slot = slot};
	item->base = (struct record){.kind = kind, .id = item->id};
	s->n++;
	return item;
}

static void
refer(struct stage *s, struct item *item, const char *field,
    const struct item *to)
{
	record_set(&item->base, field, id_text(s->w.world.arena, to->id));
}

static void
add_people(struct stage *s)
{
	struct item *actor = NULL, *group = NULL, *phase = NULL;
	for (int i = 0; i < SLOTS; i++) {
		actor = add_item(s, KIND_ACTOR, i);
		record_set(&actor->base, "kind", S("citizen"));
		group = add_item(s, KIND_GROUP, i);
		record_set(&group->base, "kind", S("user"));
		record_set(&group->base, "horizon", S("now"));
		record_set(&group->base, "state", S("proposed"));
		phase = add_item(s, KIND_PHASE, i);
		record_set(&phase->base, "position", S("9"));
		struct item *cell = add_item(s, KIND_CELL, i);
		refer(s, cell, "phase", phase);
		refer(s, cell, "actor", actor);
		record_set(&cell->base, "mode", S("core"));
		record_set(&cell->base, "state", S("draft"));
	}
	struct item *visit = add_item(s, KIND_VISIT, 0);
	refer(s, visit, "phase", phase);
	record_set(&visit->base, "entered", S("2026-11-01"));
}

static void
add_agendas(struct stage *s)
{
	struct item *agenda[2] = {0};
	for (int i = 0; i < SLOTS; i++) {
		struct item *p = add_item(s, KIND_PARTICIPANT, i);
		record_set(&p->base, "state", S("active"));
		if (i >= 2)
			continue;
		agenda[i] = add_item(s, KIND_AGENDA, i);
		refer(s, agenda[i], "participant", p);
	}
	struct item *tension = add_item(s, KIND_TENSION, 0);
	refer(s, tension, "one", agenda[0]);
	refer(s, tension, "other", agenda[1]);
}

static void
add_rest(struct stage *s)
{
	static const enum record_kind single[] = {KIND_FOCUS, KIND_PURPOSE,
	    KIND_SCOPE, KIND_NEED, KIND_PROMISE, KIND_NETWORK};
	for (int i = 0; i < SLOTS; i++) {
		struct item *task = add_item(s, KIND_TASK, i);
		record_set(&task->base, "state", S("open"));
		record_set(&task->base, "due", S("2026-12-01"));
		record_set(&task->base, "owner",
		    id_text(s->w.world.arena, s->w.world.mette));
		(void)add_item(s, KIND_DOCUMENTATION, i);
	}
	struct item *question = add_item(s, KIND_QUESTION, 0);
	record_set(&question->base, "state", S("answered"));
	(void)add_item(s, KIND_THEME, 0);
	for (int i = 0; i < COUNT_OF(single); i++) {
		struct item *item = add_item(s, single[i], i % SLOTS);
		if (item->kind == KIND_PROMISE)
			record_set(&item->base, "level", S("involve"));
		if (item->kind != KIND_NETWORK)
			continue;
		item->rev = 1; /* there it is */
		record_set(&item->base, "type", S("welfare"));
		record_set(&item->base, "state", S("active"));
	}
}

/* ---- saving them ---- */

static struct str
joined(struct stage *s)
{
	struct buf b = buf_new(s->arena, 16 * 1024);
	for (int i = 0; i < SLOTS; i++) {
		buf_add(&b, i > 0 ? S("\n") : S(""));
		buf_add(&b, s->now.text[i].typed);
	}
	return buf_str(&b);
}

static struct str
value_for(struct stage *s, const struct item *item, ptrdiff_t field, int *lines)
{
	switch (record_def(item->kind)->fields[field].type) {
	case FIELD_LINE:
		return s->now.line[(item->slot + (*lines)++) % SLOTS].typed;
	case FIELD_TEXT:
		return joined(s);
	default:
		return item->base.value[field];
	}
}

static struct str
form_of(struct stage *s, const struct item *item)
{
	const struct record_def *def = record_def(item->kind);
	struct buf b = buf_new(s->arena, 64 * 1024);
	int lines = 0;
	buf_fmt(&b, "rev=%d", (int)item->rev);
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		struct str value = value_for(s, item, i, &lines);
		if (item->kind == KIND_CELL &&
		    str_eq(str_c(def->fields[i].name), S("role")))
			value = S(""); /* a role of their own */
		struct str escaped = form_escape(s->arena, value);
		buf_fmt(&b, "&%s=%.*s", def->fields[i].name, STR_ARG(escaped));
	}
	return buf_str(&b);
}

static void
save_item(struct stage *s, struct item *item)
{
	const struct record_def *def = record_def(item->kind);
	if (def->append_only) /* always the eldest, so that lists stay alike */
		item->id = id_new(NOW_US - HOUR_US + 1000 * s->round);
	struct str path =
	    str_fmt(s->arena, "%.*s/%s/%.*s", STR_ARG(web_path(&s->w, "/gem")),
		def->slug, STR_ARG(id_text(s->arena, item->id)));
	struct reply r = web_post(&s->w, path, form_of(s, item));
	if (r.status != 303)
		fail_msg("%s: %d", def->name, r.status);
	item->rev += !def->append_only;
}

static void
save_all(struct stage *s)
{
	s->w.now_us++;
	for (int i = 0; i < s->n; i++)
		save_item(s, &s->item[i]);
}

/* ---- which texts ---- */

static struct hostile
mark(struct arena *a, int slot, char field)
{
	struct str s = str_fmt(a, "Zq%d%cz", slot, field);
	return (struct hostile){
	    .typed = s, .kept = s, .shown = s, .one_line = true};
}

static bool
is_chosen(const struct texts *t, const struct hostile *h)
{
	for (int i = 0; i < SLOTS; i++) {
		if (str_eq(t->line[i].kept, h->kept) ||
		    str_eq(t->text[i].kept, h->kept))
			return true;
	}
	return false;
}

/* The next one that fits; the list is walked round and round. */
static struct hostile
next_text(struct stage *s, ptrdiff_t *at, bool one_line)
{
	for (;;) {
		const struct hostile *h = &s->all.list[(*at)++ % s->all.n];
		if (h->refused || h->kept.n == 0 || h->length > SHORT ||
		    (one_line && (!h->one_line || h->blank)) ||
		    is_chosen(&s->now, h))
			continue;
		return *h;
	}
}

/* The first of the texts heads its record, so it is one line. */
static void
choose(struct stage *s)
{
	s->now = (struct texts){0};
	for (int i = 0; i < SLOTS; i++) {
		s->now.line[i] = next_text(s, &s->next_line, true);
		s->now.text[i] = next_text(s, &s->next_text, i == 0);
	}
	s->round++;
}

/* ---- reading a page beside its twin ---- */

/* The twin's text with the marks replaced. */
static struct str
replaced(struct stage *s, struct str text)
{
	if (str_find(text, S("Zq")) < 0)
		return text;
	for (int i = 0; i < SLOTS; i++) {
		text = str_replace(s->arena, text, s->marks.line[i].shown,
		    s->now.line[i].shown);
		text = str_replace(s->arena, text, s->marks.text[i].shown,
		    s->now.text[i].shown);
	}
	return text;
}

static bool
is_number(struct str s)
{
	int64_t n;
	return str_int(s, &n);
}

/* NULL: it is the twin's. */
static const char *
compare_piece(
    struct stage *s, const struct piece *twin, const struct piece *got)
{
	if (twin->kind != got->kind || !str_eq(twin->name, got->name))
		return "another element or attribute";
	if (is_number(twin->text) && is_number(got->text))
		return NULL; /* a revision's number */
	struct str want = replaced(s, web_without_ids(s->arena, twin->text));
	struct str is = web_without_ids(s->arena, got->text);
	if (str_eq(want, is))
		return NULL;
	if (!s->quiet)
		print_error(
		    "\"%.*s\", not \"%.*s\"\n", STR_ARG(is), STR_ARG(want));
	return "another text";
}

static const char *
compare(struct stage *s, const struct markup *twin, const struct markup *got)
{
	if (got->fault != NULL)
		return got->fault;
	for (ptrdiff_t i = 0; i < twin->n && i < got->n; i++) {
		const char *wrong =
		    compare_piece(s, &twin->list[i], &got->list[i]);
		if (wrong != NULL)
			return wrong;
	}
	return twin->n == got->n ? NULL : "more or fewer elements";
}

static struct markup
read_page(struct stage *s, struct arena *a, struct str path)
{
	s->w.request = s->arena;
	struct reply r = web_get(&s->w, path);
	s->w.request = NULL;
	CHECK_INT(r.status, 200);
	return markup_html(a, str_dup(a, r.body));
}

static struct str
page_path(struct stage *s, int i)
{
	static const char *const pages[PAGES - 1] = {"", "/plan", "/faser",
	    "/mennesker", "/opgaver", "/opgaver?ny=opgave"};
	return i < PAGES - 1 ? web_path(&s->w, pages[i]) : S("/");
}

static void
begin_round(struct stage *s)
{
	arena_close(s->arena);
	s->arena = arena_scratch(s->w.world.arena);
}

static void
set_stage(struct stage *s, struct arena *arena, struct db *db)
{
	*s = (struct stage){.all = hostile_texts(arena)};
	web_new(&s->w, arena, db);
	web_session(&s->w, s->w.world.mette);
	add_people(s);
	add_agendas(s);
	add_rest(s);
	for (int i = 0; i < SLOTS; i++) {
		s->marks.line[i] = mark(arena, i, 'l');
		s->marks.text[i] = mark(arena, i, 't');
	}
	s->next_text = s->all.n / 2;
	s->now = s->marks;
	begin_round(s);
	save_all(s);
	for (int i = 0; i < PAGES; i++) {
		s->twin[i] = read_page(s, arena, page_path(s, i));
		if (s->twin[i].fault != NULL)
			fail_msg("page %d, byte %td: %s", i, s->twin[i].at,
			    s->twin[i].fault);
	}
}

static void
check_page(struct stage *s, int i)
{
	struct markup got = read_page(s, s->arena, page_path(s, i));
	const char *wrong = compare(s, &s->twin[i], &got);
	if (wrong != NULL)
		fail_msg("round %d, page %d: %s", s->round, i, wrong);
}

/* ---- the form of a record: what was typed is in it ---- */

static struct str
shown_in_form(
    struct stage *s, const struct item *item, ptrdiff_t field, int *lines)
{
	struct str value = value_for(s, item, field, lines);
	struct buf b = buf_new(s->arena, 16 * 1024);
	if (record_def(item->kind)->fields[field].type == FIELD_LINE) {
		for (int i = 0; i < SLOTS; i++) {
			if (str_eq(value, s->now.line[i].typed))
				return s->now.line[i].shown;
		}
	}
	for (int i = 0; i < SLOTS; i++) {
		buf_add(&b, i > 0 ? S("\n") : S(""));
		buf_add(&b, s->now.text[i].shown);
	}
	return buf_str(&b);
}

static const char *
side_of(enum record_kind kind)
{
	if (kind == KIND_PHASE || kind == KIND_VISIT)
		return "/faser";
	if (kind == KIND_PARTICIPANT)
		return "/mennesker";
	if (kind == KIND_NETWORK)
		return "";
	return kind == KIND_TASK ? "/opgaver" : "/plan";
}

static void
check_form(struct stage *s, const struct item *item)
{
	const struct record_def *def = record_def(item->kind);
	int lines = 0;
	if (def->append_only)
		return;
	struct markup m = read_page(s, s->arena,
	    str_fmt(s->arena, "%.*s?ret=%s.%.*s",
		STR_ARG(web_path(&s->w, side_of(item->kind))), def->slug,
		STR_ARG(id_text(s->arena, item->id))));
	CHECK(m.fault == NULL);
	for (ptrdiff_t i = 0; i < def->n_fields; i++) {
		enum field_type type = def->fields[i].type;
		if (type == FIELD_LINE || type == FIELD_TEXT)
			CHECK_STR(markup_field(&m, str_c(def->fields[i].name)),
			    shown_in_form(s, item, i, &lines));
	}
}

/* ---- histories: what was added is what was typed ---- */

/* All text but what was taken out, and the marks of both. */
static struct str
flat_text(struct arena *a, const struct markup *m)
{
	struct buf b = buf_new(a, 4 * 1024 * 1024);
	bool out = false;
	for (ptrdiff_t i = 0; i < m->n; i++) {
		const struct piece *p = &m->list[i];
		if (p->kind != PIECE_TEXT) {
			if (str_eq(p->name, S("del")))
				out = p->kind == PIECE_OPEN;
			continue;
		}
		if (!out && !str_eq(p->text, S("+")) &&
		    !str_eq(p->text, S("−")))
			buf_add(&b, p->text);
	}
	return buf_str(&b);
}

static void
check_texts(struct stage *s, struct str flat, bool lines)
{
	for (int i = 0; i < SLOTS; i++) {
		if (lines)
			CHECK_HAS(flat, s->now.line[i].shown);
		else
			CHECK_HAS(flat, s->now.text[i].shown);
	}
}

static void
check_history(struct stage *s, const struct item *item)
{
	struct str path = str_fmt(s->arena, "%.*s/%s/%.*s",
	    STR_ARG(web_path(&s->w, "/historik")), record_def(item->kind)->slug,
	    STR_ARG(id_text(s->arena, item->id)));
	struct markup m = read_page(s, s->arena, path);
	CHECK(m.fault == NULL);
	if (item->kind != KIND_PHASE || item->slot == 0)
		check_texts(s, flat_text(s->arena, &m), false);
	m = read_page(s, s->arena, web_path(&s->w, "/historik"));
	CHECK(m.fault == NULL);
	check_texts(s, flat_text(s->arena, &m), true);
}

/* ---- the calendar ---- */

static struct str
unescaped(struct arena *a, struct str s)
{
	struct buf b = buf_new(a, s.n + 1);
	for (ptrdiff_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n) {
			i++;
			buf_byte(&b, s.p[i] == 'n' ? '\n' : s.p[i]);
			continue;
		}
		CHECK(s.p[i] != ',' && s.p[i] != ';');
		buf_byte(&b, s.p[i]);
	}
	return buf_str(&b);
}

static bool
is_calendar_line(struct str line)
{
	static const struct str names[] = {S_INIT("BEGIN:VCALENDAR"),
	    S_INIT("VERSION:2.0"), S_INIT("PRODID:"), S_INIT("CALSCALE:"),
	    S_INIT("X-WR-CALNAME:"), S_INIT("BEGIN:VEVENT"), S_INIT("UID:"),
	    S_INIT("DTSTAMP:"), S_INIT("DTSTART;VALUE=DATE:"),
	    S_INIT("DTEND;VALUE=DATE:"), S_INIT("SUMMARY:"),
	    S_INIT("DESCRIPTION:"), S_INIT("URL:https://samskab.test/"),
	    S_INIT("STATUS:CONFIRMED"), S_INIT("TRANSP:TRANSPARENT"),
	    S_INIT("END:VEVENT"), S_INIT("END:VCALENDAR")};
	for (ptrdiff_t i = 0; i < COUNT_OF(names); i++) {
		if (str_starts(line, names[i]))
			return true;
	}
	return false;
}

/* Lines of 75 bytes at most, each ended by CR LF, no letter cut in two. */
static void
check_folding(struct str feed)
{
	while (feed.n > 0) {
		ptrdiff_t end = str_find(feed, S("\r\n"));
		CHECK(end >= 0 && end <= 75);
		struct str line = str_sub(feed, 0, end);
		CHECK(str_find_byte(line, '\n') < 0);
		CHECK(((unsigned char)line.p[line.p[0] == ' '] & 0xc0) != 0x80);
		feed = str_sub(feed, end + 2, feed.n);
	}
}

static void
check_calendar(struct stage *s, struct str path)
{
	int tasks = 0;
	struct arena *a = s->arena;
	struct str feed = web_get(&s->w, path).body;
	check_folding(feed);
	feed = str_replace(a, feed, S("\r\n "), S(""));
	while (feed.n > 0) {
		struct str line = str_cut(&feed, '\r');
		(void)str_cut(&feed, '\n');
		CHECK(is_calendar_line(line));
		if (!str_starts(line, S("SUMMARY:")))
			continue;
		struct str title = unescaped(a, str_sub(line, 8, line.n));
		CHECK_STR(title, s->now.line[tasks++].kept);
	}
	CHECK_INT(tasks, SLOTS);
}

/* ---- OpenDocument ---- */

/* Line ends, tabs and blanks are elements there. */
static struct str
flat_odt(struct arena *a, const struct markup *m)
{
	struct buf b = buf_new(a, 4 * 1024 * 1024);
	for (ptrdiff_t i = 0; i < m->n; i++) {
		const struct piece *p = &m->list[i];
		if (p->kind == PIECE_TEXT)
			buf_add(&b, p->text);
		else if (p->kind != PIECE_OPEN)
			continue;
		else if (str_eq(p->name, S("text:line-break")))
			buf_byte(&b, '\n');
		else if (str_eq(p->name, S("text:s")))
			buf_byte(&b, ' ');
		else if (str_eq(p->name, S("text:tab")))
			buf_byte(&b, '\t');
	}
	return buf_str(&b);
}

/* XML has no U+FFFE and U+FFFF. */
static struct str
in_xml(struct arena *a, struct str s)
{
	s = str_replace(a, s, S("\ufffe"), S("\ufffd"));
	return str_replace(a, s, S("\uffff"), S("\ufffd"));
}

static void
check_odt(struct stage *s)
{
	struct arena *a = s->arena;
	s->w.request = a;
	struct str file = web_get(&s->w, web_path(&s->w, "/plan.odt")).body;
	s->w.request = NULL;
	static const char *const parts[] = {
	    "content.xml", "styles.xml", "meta.xml"};
	struct str flat = {0};
	for (ptrdiff_t i = 0; i < COUNT_OF(parts); i++) {
		struct markup m = markup_xml(a, zip_part(a, file, parts[i]));
		if (m.fault != NULL)
			fail_msg("%s, byte %td: %s", parts[i], m.at, m.fault);
		if (i == 0)
			flat = flat_odt(a, &m);
	}
	for (int i = 0; i < SLOTS; i++) {
		CHECK_HAS(flat, in_xml(a, s->now.line[i].kept));
		CHECK_HAS(flat, in_xml(a, s->now.text[i].kept));
	}
}

/* ---- every text in every field ---- */

static struct str
new_feed(struct stage *s)
{
	struct str token;
	struct world *w = &s->w.world;
	struct actor mette = world_as(w, w->mette);
	CHECK_OK(account_feed_new(w->db, w->arena, &mette, &token));
	return str_cat(w->arena, S("/kalender/"), token);
}

static int
rounds_for(struct stage *s)
{
	int usable = 0;
	for (ptrdiff_t i = 0; i < s->all.n; i++) {
		const struct hostile *h = &s->all.list[i];
		usable += !h->refused && h->kept.n > 0 && h->length <= SHORT;
	}
	CHECK(usable > 200);
	usable = usable / SLOTS + 1;
	return db_kind(s->w.world.db) == DB_POSTGRES ? usable / 10 : usable;
}

/* On PostgreSQL a tenth of the rounds: the pages are the same. */
TEST_DB(hostile_text_is_shown_as_typed_wherever_it_stands)
{
	struct stage s;
	set_stage(&s, arena, db);
	struct str feed = new_feed(&s);
	int rounds = rounds_for(&s);
	for (int i = 0; i < rounds; i++) {
		begin_round(&s);
		choose(&s);
		save_all(&s);
		for (int page = 0; page < PAGES; page++)
			check_page(&s, page);
		check_form(&s, &s.item[i % s.n]);
		check_history(&s, &s.item[i % s.n]);
		check_calendar(&s, feed);
		check_odt(&s);
	}
}

/* The two lines that there is one of in a network: its name, and who decides.
 * Above they have seen a fifth of the texts. */
TEST_DB(hostile_names_of_a_network_are_shown_as_typed)
{
	struct stage s;
	struct item *name = NULL, *scope = NULL;
	set_stage(&s, arena, db);
	for (int i = 0; i < s.n; i++) {
		if (s.item[i].kind == KIND_NETWORK)
			name = &s.item[i];
		if (s.item[i].kind == KIND_SCOPE)
			scope = &s.item[i];
	}
	s.now = s.marks;
	ptrdiff_t step = db_kind(db) == DB_POSTGRES ? 10 : 1;
	for (ptrdiff_t i = 0; i < s.all.n; i += step) {
		const struct hostile *h = &s.all.list[i];
		if (h->refused || h->blank || !h->one_line ||
		    h->length > SHORT || is_chosen(&s.now, h))
			continue;
		begin_round(&s);
		s.now.line[name->slot] = *h;
		s.now.line[scope->slot] = *h;
		save_item(&s, name);
		save_item(&s, scope);
		struct markup got =
		    read_page(&s, s.arena, web_path(&s.w, "/opgaver"));
		CHECK(got.fault == NULL);
		check_form(&s, i % 2 == 0 ? name : scope);
	}
}

/* ---- controls: a page that shows text as it came is found ---- */

static const char *
compare_text(struct stage *s, struct str page)
{
	struct markup got = markup_html(s->arena, page);
	return compare(s, &s->twin[1], &got);
}

/* The plan as a view would write it that forgot to escape, lost a byte, or
 * escaped twice. */
TEST_DB(a_page_with_raw_text_is_found)
{
	struct stage s;
	int found = 0, tried = 0;
	set_stage(&s, arena, db);
	struct str page = web_get(&s.w, web_path(&s.w, "/plan")).body;
	s.now = s.marks;
	s.quiet = true;
	CHECK(compare_text(&s, page) == NULL);
	for (ptrdiff_t i = 0; i < s.all.n; i++) {
		const struct hostile *h = &s.all.list[i];
		if (h->refused || h->kept.n == 0 || h->length > SHORT)
			continue;
		begin_round(&s);
		s.now = s.marks;
		s.now.line[1] = *h;
		struct str raw =
		    str_replace(s.arena, page, s.marks.line[1].shown, h->kept);
		bool plain = str_eq(h->kept, h->shown);
		for (ptrdiff_t k = 0; plain && k < h->kept.n; k++)
			plain = str_find_byte(S("<>&\""), h->kept.p[k]) < 0;
		if (plain) /* nothing in it needs a view's care */
			continue;
		tried++;
		found += compare_text(&s, raw) != NULL;
	}
	CHECK(tried > 90);
	CHECK_INT(found, tried);
	s.now = s.marks;
	s.now.line[1] = s.marks.line[1];
	s.now.line[1].shown = S("<");
	CHECK(compare_text(&s,
		  str_replace(arena, page, s.marks.line[1].shown, S("&lt;"))) ==
	    NULL);
	CHECK(compare_text(&s,
		  str_replace(arena, page, s.marks.line[1].shown,
		      S("&amp;lt;"))) != NULL);
	CHECK(compare_text(
		  &s, str_replace(arena, page, s.marks.line[1].shown, S(""))) !=
	    NULL);
}

TEST(the_reader_takes_no_loose_markup)
{
	static const char *const loose[] = {"<p>", "<p></b>", "</p>",
	    "<p id=x></p>", "<p id='x'></p>", "<p id=\"<\"></p>", "<p a a></p>",
	    "<p>&nbsp;</p>", "<p>&</p>", "<p>></p>", "<P></P>", "< p></p>",
	    "<p ></p>", "<!-- x -->", "<p>\x01</p>", "<p id=\"x></p>"};
	for (ptrdiff_t i = 0; i < COUNT_OF(loose); i++) {
		struct str text =
		    str_fmt(arena, "<!DOCTYPE html>\n%s", loose[i]);
		if (markup_html(arena, text).fault == NULL)
			fail_msg("taken: %s", loose[i]);
	}
	struct markup m = markup_html(arena,
	    S("<!DOCTYPE html>\n<p id=\"a&quot;\" hidden>x &lt; y<br></p>"));
	CHECK(m.fault == NULL);
	CHECK_INT(m.n, 6);
	CHECK_STR(m.list[1].text, S("a\""));
	CHECK_STR(m.list[3].text, S("x < y"));
}
