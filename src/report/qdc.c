/* SPDX-License-Identifier: MPL-2.0 */

/* A codebook that comes in (report/qda.h), read with expat. */
#include <expat.h>

#include "base/buf.h"
#include "base/cpr.h"
#include "base/utf8.h"
#include "report/qda.h"

static const char SPACE[] = "urn:QDA-XML:codebook:1.0";

struct reading {
	struct arena *arena;
	struct qdc *out;
	XML_Parser parser;
	struct id above[QDC_DEPTH]; /* codes that are open */
	int codes; /* how many of them */
	int depth; /* elements that are open */
	struct book_code *in; /* whose description is read, or NULL */
	struct buf text;
	bool begun; /* its first element was a codebook */
};

static void
stop(struct reading *r, const char *fault)
{
	if (r->out->fault != NULL)
		return;
	r->out->fault = fault;
	r->out->line = (int64_t)XML_GetCurrentLineNumber(r->parser);
	r->out->column = (int64_t)XML_GetCurrentColumnNumber(r->parser) + 1;
	XML_StopParser(r->parser, XML_FALSE);
}

/* The name of an element of ours; "" for one of another namespace. */
static struct str
local_name(const char *name)
{
	struct str full = str_c(name);
	struct str space = str_cut(&full, '|');
	return str_eq(space, str_c(SPACE)) ? full : S("");
}

static struct str
value_of(struct reading *r, const char **attributes, const char *name)
{
	for (int i = 0; attributes[i] != NULL; i += 2) {
		if (str_eq(str_c(attributes[i]), str_c(name)))
			return str_dup(r->arena,
			    str_trim(utf8_normal(
				r->arena, str_c(attributes[i + 1]))));
	}
	return S("");
}

static const char *
check_text(struct str text, ptrdiff_t most)
{
	if (!utf8_valid(text))
		return N_("There are characters that cannot be read.");
	if (cpr_find(text).n > 0)
		return N_("There is what looks like a CPR number. Take it out "
			  "of the file.");
	return utf8_length(text) > most ? N_("This is too long.") : NULL;
}

/* {xxxxxxxx-...} or without the braces. */
static bool
read_guid(struct str text, struct id *id)
{
	if (str_starts(text, S("{")) && str_ends(text, S("}")))
		text = str_sub(text, 1, text.n - 1);
	return id_parse(text, id) && id_is_set(*id);
}

static void
begin_code(struct reading *r, const char **attributes)
{
	struct codebook *book = &r->out->book;
	struct book_code c = {.name = value_of(r, attributes, "name"),
	    .colour = book_colour_near(value_of(r, attributes, "color")),
	    .place = book->n + 1};
	const char *fault = check_text(c.name, BOOK_NAME);
	if (!read_guid(value_of(r, attributes, "guid"), &c.id))
		fault = N_("A code must have a guid.");
	else if (utf8_blank(c.name))
		fault = N_("A code must have a name.");
	else if (codebook_find(book, c.id) != NULL)
		fault = N_("Two codes have the same guid.");
	else if (book->n >= BOOK_MOST || r->codes >= QDC_DEPTH)
		fault = N_("There are too many codes in it.");
	if (fault != NULL) {
		stop(r, fault);
		return;
	}
	if (r->codes > 0)
		c.parent = r->above[0];
	if (str_eq(value_of(r, attributes, "isCodable"), S("false")))
		c.retired_us = 1;
	r->above[r->codes++] = c.id;
	book->list[book->n++] = c;
}

static void
on_start(void *data, const char *name, const char **attributes)
{
	struct reading *r = data;
	struct str local = local_name(name);
	r->depth++;
	if (!r->begun && !str_eq(local, S("CodeBook")))
		stop(r, N_("This is no codebook of REFI-QDA."));
	r->begun = true;
	if (str_eq(local, S("Code")))
		begin_code(r, attributes);
	else if (str_eq(local, S("Description")) && r->codes > 0) {
		struct codebook *book = &r->out->book;
		for (ptrdiff_t i = 0; i < book->n; i++) {
			if (id_eq(book->list[i].id, r->above[r->codes - 1]))
				r->in = &book->list[i];
		}
		r->text = buf_new(r->arena, QDC_BYTES);
	}
}

static void
on_end(void *data, const char *name)
{
	struct reading *r = data;
	struct str local = local_name(name);
	r->depth--;
	if (str_eq(local, S("Code")) && r->codes > 0)
		r->codes--;
	if (!str_eq(local, S("Description")) || r->in == NULL)
		return;
	struct str text = str_trim(utf8_normal(r->arena, buf_str(&r->text)));
	const char *fault = check_text(text, BOOK_MEANING);
	r->in->meaning = text;
	r->in = NULL;
	if (fault != NULL)
		stop(r, fault);
}

static void
on_text(void *data, const char *p, int n)
{
	struct reading *r = data;
	if (r->in != NULL)
		buf_add(&r->text, (struct str){p, n});
}

/* Entities can only come with one. */
static void
on_doctype(void *data, const char *name, const char *system,
    const char *public_id, int has_subset)
{
	(void)name, (void)system, (void)public_id, (void)has_subset;
	stop(data, N_("A document type is not read. Take it out of the file."));
}

/* Names that two codes of the same place share would come in as one. */
static void
check_names(struct qdc *q)
{
	for (ptrdiff_t i = 0; q->fault == NULL && i < q->book.n; i++) {
		struct book_faults faults;
		struct book_code c = q->book.list[i];
		book_check(&q->book, &c, &faults);
		q->fault = faults.name;
	}
	if (q->book.n == 0 && q->fault == NULL)
		q->fault = N_("There is no code in this file.");
	if (q->fault != NULL && q->line == 0)
		q->line = q->column = 1;
}

static void
free_parser(void *parser)
{
	XML_ParserFree(parser);
}

struct qdc
qdc_read(struct arena *a, struct str bytes)
{
	struct qdc out = {
	    .book = {arena_new(a, struct book_code, BOOK_MOST), 0}};
	struct reading r = {.arena = a, .out = &out};
	if (bytes.n > QDC_BYTES) {
		out.fault = N_("The file is too large.");
		out.line = out.column = 1;
		return out;
	}
	struct arena *parsing = arena_scratch(a);
	r.parser = XML_ParserCreateNS(NULL, '|');
	if (r.parser == NULL) {
		out.fault = N_("It cannot be read just now. Try again.");
		out.line = out.column = 1;
		return out;
	}
	arena_defer(parsing, free_parser, r.parser);
	XML_SetUserData(r.parser, &r);
	XML_SetElementHandler(r.parser, on_start, on_end);
	XML_SetCharacterDataHandler(r.parser, on_text);
	XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
	XML_SetParamEntityParsing(r.parser, XML_PARAM_ENTITY_PARSING_NEVER);
	if (XML_Parse(r.parser, bytes.p, (int)bytes.n, XML_TRUE) !=
	    XML_STATUS_OK)
		stop(&r, N_("This is no XML that can be read."));
	arena_close(parsing);
	check_names(&out);
	return out;
}
