/* SPDX-License-Identifier: MPL-2.0 */
#include "report/qda.h"

#include "base/buf.h"
#include "report/zip.h"

static const char PROLOG[] = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/* ---- XML ---- */

/* What XML 1.0 has no way to hold is left out. */
static void
xml(struct buf *b, struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '&')
			buf_add(b, S("&amp;"));
		else if (c == '<')
			buf_add(b, S("&lt;"));
		else if (c == '>')
			buf_add(b, S("&gt;"));
		else if (c == '"')
			buf_add(b, S("&quot;"));
		else if (c == '\n' || c == '\t')
			buf_add(b, c == '\n' ? S("&#10;") : S("&#9;"));
		else if (c >= 0x20)
			buf_byte(b, (char)c);
	}
}

static void
attribute(struct buf *b, const char *name, struct str value)
{
	buf_byte(b, ' ');
	buf_add(b, str_c(name));
	buf_add(b, S("=\""));
	xml(b, value);
	buf_byte(b, '"');
}

static void
guid(struct buf *b, const char *name, struct id id)
{
	attribute(b, name, id_text(b->arena, id));
}

static void
description(struct buf *b, struct str text)
{
	if (text.n == 0)
		return;
	buf_add(b, S("<Description>"));
	xml(b, text);
	buf_add(b, S("</Description>"));
}

/* ---- codes ---- */

static void
open_code(struct buf *b, const struct book_code *c)
{
	buf_add(b, S("<Code"));
	guid(b, "guid", c->id);
	attribute(b, "name", c->name);
	attribute(b, "isCodable", c->retired_us > 0 ? S("false") : S("true"));
	attribute(b, "color", book_colour_hex(c->colour));
	buf_byte(b, '>');
	description(b, c->meaning);
}

static void
add_codes(struct buf *b, const struct codebook *book)
{
	buf_add(b, S("<Codes>\n"));
	for (ptrdiff_t i = 0; i < book->n; i++) {
		if (id_is_set(book->list[i].parent))
			continue;
		open_code(b, &book->list[i]);
		for (ptrdiff_t k = 0; k < book->n; k++) {
			if (!id_eq(book->list[k].parent, book->list[i].id))
				continue;
			buf_byte(b, '\n');
			open_code(b, &book->list[k]);
			buf_add(b, S("</Code>"));
		}
		buf_add(b, S("</Code>\n"));
	}
	buf_add(b, S("</Codes>\n"));
}

enum err
qda_codebook(struct arena *a, const struct codebook *book, struct str *out)
{
	struct buf b = buf_new(a, QDA_BYTES);
	buf_add(&b, str_c(PROLOG));
	buf_add(&b,
	    S("<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\""
	      " origin=\"Samskab\">\n"));
	add_codes(&b, book);
	buf_add(&b, S("</CodeBook>\n"));
	*out = buf_str(&b);
	return b.full ? ERR_TOO_LARGE : ERR_OK;
}

/* ---- a project ---- */

struct project {
	const struct qda_project *p;
	struct buf b;
	struct id *user; /* accounts that coded, in the order they come */
	ptrdiff_t n_users;
	ptrdiff_t at; /* the first coding that is not written */
};

/* Ids that nothing else has, and that lead to no account. */
static struct id
made_id(struct id of, unsigned char kind, ptrdiff_t n)
{
	of.b[13] ^= kind;
	of.b[14] ^= (unsigned char)(n >> 8 & 0xff);
	of.b[15] ^= (unsigned char)(n & 0xff);
	return of;
}

static struct id
user_of(struct project *w, struct id account)
{
	ptrdiff_t i = 0;
	while (i < w->n_users && !id_eq(w->user[i], account))
		i++;
	if (i == w->n_users)
		w->user[w->n_users++] = account;
	return made_id(w->p->id, 1, i);
}

static const struct qda_source *
source_of(const struct qda_project *p, struct id id)
{
	ptrdiff_t from = 0, to = p->n_sources;
	while (from < to) {
		ptrdiff_t at = from + (to - from) / 2;
		int order = memcmp(p->source[at].id.b, id.b, sizeof id.b);
		if (order == 0)
			return &p->source[at];
		if (order > 0)
			from = at + 1;
		else
			to = at;
	}
	return NULL;
}

/* Words that are still there, at the place they were marked. */
static bool
is_within(const struct qda_source *s, const struct coding *k)
{
	return s != NULL && k->look_us == 0 &&
	    str_eq(passage_words(s->text, k->at), k->words) && k->words.n > 0;
}

static void
add_users(struct project *w)
{
	struct buf *b = &w->b;
	const struct codings *all = w->p->codings;
	w->user = arena_new(b->arena, struct id, all->n + 1);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		if (is_within(source_of(w->p, all->list[i].contribution),
			&all->list[i]))
			user_of(w, all->list[i].account);
	}
	if (w->n_users == 0)
		user_of(w, (struct id){0});
	buf_add(b, S("<Users>\n"));
	for (ptrdiff_t i = 0; i < w->n_users; i++) {
		buf_add(b, S("<User"));
		guid(b, "guid", made_id(w->p->id, 1, i));
		attribute(b, "name", str_fmt(b->arena, "Koder %td", i + 1));
		buf_add(b, S("/>\n"));
	}
	buf_add(b, S("</Users>\n"));
}

static void
add_selection(struct project *w, const struct coding *k, ptrdiff_t note)
{
	struct buf *b = &w->b;
	buf_add(b, S("<PlainTextSelection"));
	guid(b, "guid", made_id(k->id, 2, 0));
	attribute(b, "startPosition",
	    str_fmt(b->arena, "%lld", (long long)k->at.from));
	attribute(
	    b, "endPosition", str_fmt(b->arena, "%lld", (long long)k->at.to));
	guid(b, "creatingUser", user_of(w, k->account));
	buf_add(b, S("><Coding"));
	guid(b, "guid", k->id);
	guid(b, "creatingUser", user_of(w, k->account));
	buf_add(b, S("><CodeRef"));
	guid(b, "targetGUID", k->code);
	buf_add(b, S("/></Coding>"));
	if (k->memo.n > 0) {
		buf_add(b, S("<NoteRef"));
		guid(b, "targetGUID", made_id(w->p->id, 3, note));
		buf_add(b, S("/>"));
	}
	buf_add(b, S("</PlainTextSelection>\n"));
}

static void
add_source(struct project *w, const struct qda_source *s)
{
	struct buf *b = &w->b;
	const struct codings *all = w->p->codings;
	buf_add(b, S("<TextSource"));
	guid(b, "guid", s->id);
	attribute(b, "name", s->name);
	attribute(b, "plainTextPath",
	    STR_JOIN(b->arena, S("internal://"), id_text(b->arena, s->id),
		S(".txt")));
	buf_add(b, S(">\n"));
	for (ptrdiff_t i = w->at; i < all->n; i++) {
		const struct coding *k = &all->list[i];
		int order = memcmp(k->contribution.b, s->id.b, sizeof s->id.b);
		if (order < 0)
			break;
		w->at = i + 1;
		if (order == 0 && is_within(s, k))
			add_selection(w, k, i);
	}
	buf_add(b, S("</TextSource>\n"));
}

static void
add_notes(struct project *w)
{
	struct buf *b = &w->b;
	const struct codings *all = w->p->codings;
	bool any = false;
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct coding *k = &all->list[i];
		if (k->memo.n == 0 ||
		    !is_within(source_of(w->p, k->contribution), k))
			continue;
		if (!any)
			buf_add(b, S("<Notes>\n"));
		any = true;
		buf_add(b, S("<Note"));
		guid(b, "guid", made_id(w->p->id, 3, i));
		attribute(b, "name", S("Note"));
		guid(b, "creatingUser", user_of(w, k->account));
		buf_add(b, S("><PlainTextContent>"));
		xml(b, k->memo);
		buf_add(b, S("</PlainTextContent></Note>\n"));
	}
	if (any)
		buf_add(b, S("</Notes>\n"));
}

static struct str
project_xml(struct project *w)
{
	struct buf *b = &w->b;
	buf_add(b, str_c(PROLOG));
	buf_add(b,
	    S("<Project xmlns=\"urn:QDA-XML:project:1.0\""
	      " origin=\"Samskab\""));
	attribute(b, "name", w->p->name);
	guid(b, "creatingUserGUID", made_id(w->p->id, 1, 0));
	buf_add(b, S(">\n"));
	add_users(w);
	if (w->p->book->n > 0) {
		buf_add(b, S("<CodeBook>\n"));
		add_codes(b, w->p->book);
		buf_add(b, S("</CodeBook>\n"));
	}
	if (w->p->n_sources > 0)
		buf_add(b, S("<Sources>\n"));
	for (ptrdiff_t i = 0; i < w->p->n_sources; i++)
		add_source(w, &w->p->source[i]);
	if (w->p->n_sources > 0)
		buf_add(b, S("</Sources>\n"));
	add_notes(w);
	buf_add(b, S("</Project>\n"));
	return buf_str(b);
}

enum err
qda_project(struct arena *a, const struct qda_project *p, struct str *out)
{
	struct project w = {.p = p, .b = buf_new(a, QDA_BYTES)};
	struct zip_part *part = arena_new(a, struct zip_part, p->n_sources + 1);
	part[0] =
	    (struct zip_part){.name = "project.qde", .bytes = project_xml(&w)};
	if (w.b.full)
		return ERR_TOO_LARGE;
	for (ptrdiff_t i = 0; i < p->n_sources; i++)
		part[i + 1] = (struct zip_part){
		    .name = str_cstr(a,
			STR_JOIN(a, S("sources/"), id_text(a, p->source[i].id),
			    S(".txt"))),
		    .bytes = p->source[i].text};
	return zip_write(a, part, p->n_sources + 1, out);
}
