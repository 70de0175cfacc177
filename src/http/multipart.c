/* SPDX-License-Identifier: MPL-2.0 */

/* multipart/form-data (RFC 7578), as browsers send it. */
#include <string.h>

#include "base/utf8.h"
#include "http/forms.h"
#include "http/inner.h"

enum { MAX_FILES = 100, BOUNDARY_MAX = 70, PART_HEADERS_MAX = 4096 };

struct part {
	struct str name, file_name, type, bytes;
	bool is_file;
};

/* name="value" in a Content-Disposition; browsers write " as %22. */
static struct str
parameter(struct str line, struct str name)
{
	struct str rest = line;
	(void)str_cut(&rest, ';');
	while (rest.n > 0) {
		struct str item = str_trim(str_cut(&rest, ';'));
		struct str key = str_cut(&item, '=');
		if (!str_eq_nocase(str_trim(key), name))
			continue;
		if (item.n >= 2 && item.p[0] == '"' &&
		    item.p[item.n - 1] == '"')
			return str_sub(item, 1, item.n - 1);
		return item;
	}
	return (struct str){0};
}

static bool
has_parameter(struct str line, struct str name)
{
	return str_find(line, name) >= 0;
}

static enum err
read_header(struct str line, struct part *part)
{
	struct str name = str_cut(&line, ':');
	if (str_eq_nocase(name, S("content-type")))
		part->type = str_trim(line);
	if (!str_eq_nocase(name, S("content-disposition")))
		return ERR_OK;
	line = str_trim(line);
	if (!str_starts(line, S("form-data")))
		return ERR_INVALID;
	part->name = parameter(line, S("name"));
	part->is_file = has_parameter(line, S("filename="));
	part->file_name = parameter(line, S("filename"));
	return part->name.n > 0 ? ERR_OK : ERR_INVALID;
}

/* Headers, an empty line, the content. */
static enum err
read_part(struct str raw, struct part *part)
{
	*part = (struct part){0};
	ptrdiff_t end = str_find(raw, S("\r\n\r\n"));
	if (end < 0 || end > PART_HEADERS_MAX)
		return ERR_INVALID;
	struct str headers = str_sub(raw, 0, end);
	if (!utf8_valid(headers))
		return ERR_INVALID;
	part->bytes = str_sub(raw, end + 4, raw.n);
	while (headers.n > 0) {
		struct str line = str_trim(str_cut(&headers, '\n'));
		enum err e = read_header(line, part);
		if (e != ERR_OK)
			return e;
	}
	return part->name.n > 0 ? ERR_OK : ERR_INVALID;
}

static enum err
add_part(struct arena *a, const struct part *part, struct http_pairs *pairs,
    struct http_file *files, ptrdiff_t *n_files)
{
	if (part->is_file) {
		if (*n_files == MAX_FILES)
			return ERR_INVALID;
		files[(*n_files)++] = (struct http_file){
		    part->name, part->file_name, part->type, part->bytes};
		return ERR_OK;
	}
	if (!utf8_valid(part->bytes))
		return ERR_INVALID;
	return form_add_pair(a, pairs,
	    (struct http_pair){part->name, utf8_normal(a, part->bytes)});
}

enum err
form_parse_multipart(struct arena *a, struct str body, struct str boundary,
    struct http_pairs *pairs, struct http_file **files, ptrdiff_t *n_files)
{
	*pairs = (struct http_pairs){0};
	*files = arena_new(a, struct http_file, MAX_FILES);
	*n_files = 0;
	if (boundary.n == 0 || boundary.n > BOUNDARY_MAX)
		return ERR_INVALID;
	struct str first = str_cat(a, S("--"), boundary);
	struct str next = str_cat(a, S("\r\n"), first);
	if (!str_starts(body, first))
		return ERR_INVALID;
	body = str_sub(body, first.n, body.n);
	while (!str_starts(body, S("--"))) {
		struct part part;
		ptrdiff_t end = str_find(body, next);
		if (!str_starts(body, S("\r\n")) || end < 0)
			return ERR_INVALID;
		enum err e = read_part(str_sub(body, 2, end), &part);
		if (e == ERR_OK)
			e = add_part(a, &part, pairs, *files, n_files);
		if (e != ERR_OK)
			return e;
		body = str_sub(body, end + next.n, body.n);
	}
	return ERR_OK;
}
