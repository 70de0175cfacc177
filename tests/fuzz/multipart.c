/* SPDX-License-Identifier: MPL-2.0 */

/* multipart/form-data: the input's first line is the boundary, the rest the
 * body.  A file is a piece of the body, and what is read and written again
 * with another boundary is read the same. */
#include "base/buf.h"
#include "base/utf8.h"
#include "http/forms.h"
#include "tests/fuzz.h"

enum { WRITTEN_BYTES = 16 * 1024 * 1024, BOUNDARIES = 1000 };

struct parts {
	struct http_pairs pairs;
	struct http_file *files;
	ptrdiff_t n_files;
};

static enum err
read_parts(
    struct arena *a, struct str body, struct str boundary, struct parts *p)
{
	return form_parse_multipart(
	    a, body, boundary, &p->pairs, &p->files, &p->n_files);
}

/* A name with a quote in it can only have come without quotes. */
static void
add_name(struct buf *b, const char *which, struct str name)
{
	const char *quote = str_find_byte(name, '"') >= 0 ? "" : "\"";
	buf_fmt(b, "; %s=%s%.*s%s", which, quote, STR_ARG(name), quote);
}

static void
begin_part(struct buf *b, struct str boundary, struct str name)
{
	buf_fmt(
	    b, "--%.*s\r\nContent-Disposition: form-data", STR_ARG(boundary));
	add_name(b, "name", name);
}

static struct str
written(struct arena *a, const struct parts *p, struct str boundary)
{
	struct buf b = buf_new(a, WRITTEN_BYTES);
	for (ptrdiff_t i = 0; i < p->pairs.n; i++) {
		begin_part(&b, boundary, p->pairs.list[i].name);
		buf_add(&b, S("\r\n\r\n"));
		buf_add(&b, p->pairs.list[i].value);
		buf_add(&b, S("\r\n"));
	}
	for (ptrdiff_t i = 0; i < p->n_files; i++) {
		begin_part(&b, boundary, p->files[i].field);
		add_name(&b, "filename", p->files[i].name);
		buf_fmt(&b, "\r\nContent-Type: %.*s\r\n\r\n",
		    STR_ARG(p->files[i].type));
		buf_add(&b, p->files[i].bytes);
		buf_add(&b, S("\r\n"));
	}
	buf_fmt(&b, "--%.*s--\r\n", STR_ARG(boundary));
	MUST(!b.full);
	return buf_str(&b);
}

/* A boundary that the body has not. */
static struct str
other_boundary(struct arena *a, struct str body)
{
	for (int i = 0; i < BOUNDARIES; i++) {
		struct str boundary = str_fmt(a, "B%d", i);
		if (str_find(body, boundary) < 0)
			return boundary;
	}
	return (struct str){0};
}

static void
check_pairs(struct arena *a, const struct parts *x, const struct parts *y)
{
	MUST(x->pairs.n == y->pairs.n);
	for (ptrdiff_t i = 0; i < x->pairs.n; i++) {
		struct http_pair p = x->pairs.list[i], q = y->pairs.list[i];
		MUST(p.name.n > 0 && utf8_valid(p.name));
		MUST(utf8_valid(p.value));
		MUST(str_eq(utf8_normal(a, p.value), p.value));
		MUST(str_eq(p.name, q.name) && str_eq(p.value, q.value));
	}
}

static void
check_files(struct str body, const struct parts *x, const struct parts *y)
{
	ptrdiff_t bytes = 0;
	MUST(x->n_files == y->n_files);
	for (ptrdiff_t i = 0; i < x->n_files; i++) {
		const struct http_file *f = &x->files[i], *g = &y->files[i];
		MUST(f->field.n > 0 && utf8_valid(f->field));
		MUST(utf8_valid(f->name) && utf8_valid(f->type));
		MUST(f->bytes.n == 0 ||
		    (f->bytes.p > body.p &&
			f->bytes.p + f->bytes.n < body.p + body.n));
		MUST(str_eq(f->field, g->field) && str_eq(f->name, g->name));
		MUST(str_eq(f->type, g->type) && str_eq(f->bytes, g->bytes));
		bytes += f->bytes.n;
	}
	MUST(bytes <= body.n);
}

FUZZ(input)
{
	struct parts parts, again;
	struct str body = input, boundary = str_cut(&body, '\n');
	if (read_parts(arena, body, boundary, &parts) != ERR_OK)
		return;
	MUST(parts.pairs.n <= 2000 && parts.n_files <= 100);
	struct str other = other_boundary(arena, body);
	if (other.n == 0)
		return;
	struct str text = written(arena, &parts, other);
	MUST(read_parts(arena, text, other, &again) == ERR_OK);
	check_pairs(arena, &parts, &again);
	check_files(body, &parts, &again);
}
