/* SPDX-License-Identifier: MPL-2.0 */

/* multipart/form-data (RFC 7578), as browsers send it. */
#include <string.h>

#include "base/utf8.h"
#include "http/forms.h"
#include "http/inner.h"

enum {
	MAX_FILES = 100,
	FIRST_FILES = 4,
	BOUNDARY_MAX = 70,
	PART_HEADERS_MAX = 4096,
};

struct part {
	struct str name, file_name, type, bytes;
	bool is_file, named;
};

struct files {
	struct http_file *list;
	ptrdiff_t n, cap;
};

/* form-data; name="field"; filename="name.jpg".  Another parameter, like
 * filename*, would say it a second time. */
static enum err
read_disposition(struct str line, struct part *part)
{
	struct str rest = line, other;
	if (part->named ||
	    !str_eq_nocase(str_trim(str_cut(&rest, ';')), S("form-data")) ||
	    form_parameter(line, S("name"), &part->name) != ERR_OK ||
	    form_parameter(line, S("filename*"), &other) != ERR_NOT_FOUND)
		return ERR_INVALID;
	enum err e = form_parameter(line, S("filename"), &part->file_name);
	part->is_file = e == ERR_OK;
	part->named = true;
	return e == ERR_INVALID || part->name.n == 0 ? ERR_INVALID : ERR_OK;
}

/* Content is taken as it is, so an encoding that would change it is not. */
static bool
changes_content(struct str encoding)
{
	return !str_eq_nocase(encoding, S("7bit")) &&
	    !str_eq_nocase(encoding, S("8bit")) &&
	    !str_eq_nocase(encoding, S("binary"));
}

static enum err
read_header(struct str line, struct part *part)
{
	if (str_find_byte(line, ':') <= 0 || line.p[0] == ' ' ||
	    line.p[0] == '\t')
		return ERR_INVALID;
	struct str name = str_cut(&line, ':');
	line = str_trim(line);
	if (str_eq_nocase(name, S("content-type")))
		part->type = line;
	if (str_eq_nocase(name, S("content-transfer-encoding")) &&
	    changes_content(line))
		return ERR_INVALID;
	return str_eq_nocase(name, S("content-disposition"))
	    ? read_disposition(line, part)
	    : ERR_OK;
}

/* Headers, an empty line, the content. */
static enum err
read_part(struct str raw, struct part *part)
{
	*part = (struct part){0};
	ptrdiff_t end =
	    str_find(str_sub(raw, 0, PART_HEADERS_MAX), S("\r\n\r\n"));
	if (end < 0)
		return ERR_INVALID;
	struct str headers = str_sub(raw, 0, end);
	if (!utf8_valid(headers))
		return ERR_INVALID;
	part->bytes = str_sub(raw, end + 4, raw.n);
	while (headers.n > 0) {
		ptrdiff_t at = str_find(headers, S("\r\n"));
		struct str line = str_sub(headers, 0, at < 0 ? headers.n : at);
		headers =
		    str_sub(headers, at < 0 ? headers.n : at + 2, headers.n);
		enum err e = read_header(line, part);
		if (e != ERR_OK)
			return e;
	}
	return part->named ? ERR_OK : ERR_INVALID;
}

static enum err
add_file(struct arena *a, const struct part *part, struct files *files)
{
	if (files->n == MAX_FILES)
		return ERR_INVALID;
	if (files->n == files->cap) {
		ptrdiff_t cap = files->cap > 0 ? 2 * files->cap : FIRST_FILES;
		struct http_file *list = arena_new(a, struct http_file, cap);
		if (files->n > 0)
			memcpy(
			    list, files->list, (size_t)files->n * sizeof *list);
		files->list = list;
		files->cap = cap;
	}
	files->list[files->n++] =
	    (struct http_file){.field = utf8_normal(a, part->name),
		.name = utf8_normal(a, part->file_name),
		.type = part->type,
		.bytes = part->bytes};
	return ERR_OK;
}

static enum err
add_part(struct arena *a, const struct part *part, struct http_pairs *pairs,
    struct files *files)
{
	struct http_pair pair = {.name = part->name};
	if (part->is_file)
		return add_file(a, part, files);
	enum err e = form_text(a, part->bytes, &pair.value);
	return e == ERR_OK ? form_add_pair(a, pairs, pair) : e;
}

/* One "\r\n", the part, and the delimiter after it; then `*body` stands after
 * the delimiter. */
static enum err
cut_part(struct str *body, struct str delimiter, struct part *part)
{
	ptrdiff_t end = str_find(*body, delimiter);
	if (!str_starts(*body, S("\r\n")) || end < 0)
		return ERR_INVALID;
	struct str raw = str_sub(*body, 2, end);
	*body = str_sub(*body, end + delimiter.n, body->n);
	return read_part(raw, part);
}

enum err
form_parse_multipart(struct arena *a, struct str body, struct str boundary,
    struct http_pairs *pairs, struct http_file **list, ptrdiff_t *n_files)
{
	struct files files = {0};
	enum err e = ERR_OK;
	*pairs = (struct http_pairs){0};
	*list = NULL;
	*n_files = 0;
	if (boundary.n == 0 || boundary.n > BOUNDARY_MAX)
		return ERR_INVALID;
	struct str first = str_cat(a, S("--"), boundary);
	struct str delimiter = str_cat(a, S("\r\n"), first);
	if (!str_starts(body, first))
		return ERR_INVALID;
	body = str_sub(body, first.n, body.n);
	while (e == ERR_OK && !str_starts(body, S("--"))) {
		struct part part;
		e = cut_part(&body, delimiter, &part);
		if (e == ERR_OK)
			e = add_part(a, &part, pairs, &files);
	}
	if (e == ERR_OK && body.n > 2 && !str_eq(body, S("--\r\n")))
		e = ERR_INVALID; /* an epilogue: nobody sends one */
	*list = files.list;
	*n_files = files.n;
	return e;
}
