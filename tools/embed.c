/* SPDX-License-Identifier: MPL-2.0 */
/* embed - puts files into the program.
 *
 *	embed --assets OUT.c LIST FILE...
 *		the table of web/assets.h: the FILEs, and the files that LIST
 *		names ("PATH -> NAME", # comments)
 *	embed --catalogue OUT.c FILE.json...
 *		catalogue_json() of model/catalogue.h
 *
 * An asset's address carries the start of the BLAKE2b hash of its bytes, so
 * it may be cached for ever.  In a style sheet url(NAME) of another asset is
 * replaced by its address; any other url() but data: and #x is refused, since
 * a page loads nothing from elsewhere.  What gzip makes smaller by a tenth is
 * stored packed as well (no time in it: the same input gives the same file).
 *
 * Errors: FILE:LINE: message, exit 2.  Tests: tests/tools/embed.c */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

#include "base/secret.h"
#include "tool.h"

enum { TEXT_BYTES = 1 << 27, ASSETS_MAX = 256, HASH_CHARS = 12 };

struct file {
	const char *path;
	struct str name, url_name, type, bytes, gzip;
};

struct files {
	struct file file[ASSETS_MAX];
	int n;
};

static struct str
extension(struct str name)
{
	struct str stem = tool_stem(str_cstr(tool_arena(), name));
	return str_sub(name, stem.n + 1, name.n);
}

static struct str
type_of(const struct file *f)
{
	static const char *const types[][2] = {
	    {"css", "text/css; charset=utf-8"},
	    {"js", "text/javascript; charset=utf-8"},
	    {"svg", "image/svg+xml"},
	    {"png", "image/png"},
	    {"ico", "image/x-icon"},
	    {"woff2", "font/woff2"},
	    {"json", "application/json"},
	    {"txt", "text/plain; charset=utf-8"},
	    {"webmanifest", "application/manifest+json"},
	};
	struct str ext = extension(f->name);
	for (ptrdiff_t i = 0; i < COUNT_OF(types); i++) {
		if (str_eq(ext, str_c(types[i][0])))
			return str_c(types[i][1]);
	}
	tool_fail((struct place){.file = f->path},
	    "no content type is known for .%.*s", STR_ARG(ext));
}

static void
add_file(struct files *files, const char *path, struct str name)
{
	struct place at = {.file = path};
	if (files->n == ASSETS_MAX)
		tool_fail(at, "more than %d assets", ASSETS_MAX);
	for (int i = 0; i < files->n; i++) {
		if (str_eq(files->file[i].name, name))
			tool_fail(at, "%.*s is there already: %s",
			    STR_ARG(name), files->file[i].path);
	}
	struct file *f = &files->file[files->n++];
	*f = (struct file){.path = path, .name = name};
	f->type = type_of(f);
	f->bytes = tool_read(path);
}

static struct str
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return str_c(slash != NULL ? slash + 1 : path);
}

/* "PATH -> NAME" lines. */
static void
read_list(struct files *files, const char *path)
{
	struct place at = {.file = path};
	struct str rest = tool_read(path);
	while (rest.n > 0) {
		struct str line = str_trim(str_cut(&rest, '\n'));
		at.line++;
		if (line.n == 0 || line.p[0] == '#')
			continue;
		ptrdiff_t arrow = str_find(line, S(" -> "));
		if (arrow < 0)
			tool_fail(at, "PATH -> NAME is expected");
		struct str from = str_trim(str_sub(line, 0, arrow));
		struct str name = str_trim(str_sub(line, arrow + 4, line.n));
		struct str bytes;
		const char *file = str_cstr(tool_arena(), from);
		if (!tool_can_read(file, &bytes))
			tool_fail(at, "%s cannot be read", file);
		add_file(files, file, name);
	}
}

/* NAME.EXT gives NAME.HASH.EXT. */
static void
name_file(struct file *f)
{
	struct str hex = hash_hex(tool_arena(), hash_of(f->bytes));
	struct str ext = extension(f->name);
	struct str stem = str_sub(f->name, 0, f->name.n - ext.n - 1);
	f->url_name = str_fmt(tool_arena(), "%.*s.%.*s.%.*s", STR_ARG(stem),
	    HASH_CHARS, hex.p, STR_ARG(ext));
}

static int
line_at(struct str text, ptrdiff_t at)
{
	int line = 1;
	for (ptrdiff_t i = 0; i < at; i++)
		line += text.p[i] == '\n';
	return line;
}

static struct str
unquoted(struct str s)
{
	s = str_trim(s);
	if (s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') &&
	    s.p[s.n - 1] == s.p[0])
		return str_sub(s, 1, s.n - 1);
	return s;
}

/* What url(target) is to become. */
static struct str
url_of(const struct files *files, struct str target, struct place at)
{
	if (str_starts(target, S("data:")) || str_starts(target, S("#")))
		return target;
	for (int i = 0; i < files->n; i++) {
		const struct file *f = &files->file[i];
		if (str_eq(f->name, target) && f->url_name.n > 0)
			return f->url_name;
	}
	tool_fail(at, "url(%.*s) is no asset", STR_ARG(target));
}

/* The next url( that is not in a comment; -1: none. */
static ptrdiff_t
next_url(struct str css)
{
	ptrdiff_t from = 0;
	for (;;) {
		struct str rest = str_sub(css, from, css.n);
		ptrdiff_t url = str_find(rest, S("url("));
		ptrdiff_t comment = str_find(rest, S("/*"));
		if (url < 0 || comment < 0 || url < comment)
			return url < 0 ? -1 : from + url;
		ptrdiff_t end =
		    str_find(str_sub(rest, comment, rest.n), S("*/"));
		if (end < 0)
			return -1;
		from += comment + end + 2;
	}
}

static void
rewrite_css(const struct files *files, struct file *f)
{
	struct buf b = buf_new(tool_arena(), TEXT_BYTES);
	struct str rest = f->bytes;
	ptrdiff_t at;
	while ((at = next_url(rest)) >= 0) {
		struct str open = str_sub(rest, at + 4, rest.n);
		struct place place = {
		    f->path, line_at(f->bytes, open.p - f->bytes.p), 0};
		ptrdiff_t end = str_find_byte(open, ')');
		if (end < 0)
			tool_fail(place, "url( is not closed");
		struct str target = unquoted(str_sub(open, 0, end));
		buf_add(&b, str_sub(rest, 0, at));
		buf_add(&b, S("url(\""));
		buf_add(&b, url_of(files, target, place));
		buf_add(&b, S("\")"));
		rest = str_sub(open, end + 1, open.n);
	}
	buf_add(&b, rest);
	f->bytes = buf_str(&b);
}

static void
pack(struct file *f)
{
	z_stream z = {0};
	if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) !=
	    Z_OK)
		abort();
	uLong bound = deflateBound(&z, (uLong)f->bytes.n);
	char *out = arena_new(tool_arena(), char, (ptrdiff_t)bound);
	z.next_in = (const Bytef *)f->bytes.p;
	z.avail_in = (uInt)f->bytes.n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)bound;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		abort();
	ptrdiff_t n = (ptrdiff_t)z.total_out;
	deflateEnd(&z);
	if (n < f->bytes.n - f->bytes.n / 10)
		f->gzip = (struct str){out, n};
}

/* A C string of any bytes. */
static void
add_bytes(struct buf *b, struct str s)
{
	buf_add(b, S("S_INIT(\n\t    \""));
	ptrdiff_t line = b->n;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (b->n - line > 66) {
			buf_add(b, S("\"\n\t    \""));
			line = b->n;
		}
		if (c == '"' || c == '\\' || c == '?')
			buf_fmt(b, "\\%c", c);
		else if (c >= 0x20 && c < 0x7f)
			buf_byte(b, (char)c);
		else
			buf_fmt(b, "\\%03o", c);
	}
	buf_add(b, S("\")"));
}

static int
by_name(const void *x, const void *y)
{
	const struct file *a = x, *b = y;
	return str_cmp(a->name, b->name);
}

static void
prepare(struct files *files)
{
	for (int css = 0; css < 2; css++) {
		for (int i = 0; i < files->n; i++) {
			struct file *f = &files->file[i];
			bool is_css = str_ends(f->name, S(".css"));
			if (is_css != (css == 1))
				continue;
			if (is_css)
				rewrite_css(files, f);
			name_file(f);
			pack(f);
		}
	}
	qsort(files->file, (size_t)files->n, sizeof files->file[0], by_name);
}

static void
write_assets(const char *out, struct files *files)
{
	struct buf b = buf_new(tool_arena(), TEXT_BYTES);
	buf_add(&b,
	    S("/* Made by tools/embed from assets/. */\n"
	      "#include \"web/assets.h\"\n\n"
	      "const struct asset assets[] = {\n"));
	for (int i = 0; i < files->n; i++) {
		const struct file *f = &files->file[i];
		buf_fmt(&b,
		    "\t{S_INIT(\"%.*s\"), S_INIT(\"%.*s\"),\n"
		    "\t    S_INIT(\"/assets/%.*s\"),\n"
		    "\t    S_INIT(\"%.*s\"),\n\t    ",
		    STR_ARG(f->name), STR_ARG(f->url_name),
		    STR_ARG(f->url_name), STR_ARG(f->type));
		add_bytes(&b, f->bytes);
		buf_add(&b, S(",\n\t    "));
		add_bytes(&b, f->gzip);
		buf_add(&b, S("},\n"));
	}
	if (files->n == 0)
		buf_add(&b, S("\t{{0}, {0}, {0}, {0}, {0}, {0}},\n"));
	buf_fmt(&b, "};\nconst ptrdiff_t assets_n = %d;\n", files->n);
	tool_write(out, buf_str(&b), false);
}

static void
write_catalogue(const char *out, int n, char **paths)
{
	struct buf b = buf_new(tool_arena(), TEXT_BYTES);
	buf_add(&b,
	    S("/* Made by tools/embed from catalogue/. */\n"
	      "#include \"model/catalogue.h\"\n\n"
	      "static const struct {\n\tstruct str name, json;\n"
	      "} files[] = {\n"));
	for (int i = 0; i < n; i++) {
		struct str name = tool_stem(paths[i]);
		buf_fmt(&b, "\t{S_INIT(\"%.*s\"),\n\t    ", STR_ARG(name));
		add_bytes(&b, tool_read(paths[i]));
		buf_add(&b, S("},\n"));
	}
	buf_add(&b,
	    S("};\n\nstruct str\ncatalogue_json(struct str name)\n"
	      "{\n\tfor (ptrdiff_t i = 0; i < COUNT_OF(files); i++) {\n"
	      "\t\tif (str_eq(files[i].name, name))\n"
	      "\t\t\treturn files[i].json;\n\t}\n"
	      "\treturn (struct str){0};\n}\n"));
	tool_write(out, buf_str(&b), false);
}

int
main(int argc, char **argv)
{
	static struct files files;
	secret_init();
	if (argc >= 4 && strcmp(argv[1], "--assets") == 0) {
		read_list(&files, argv[3]);
		for (int i = 4; i < argc; i++)
			add_file(&files, argv[i], base_name(argv[i]));
		prepare(&files);
		write_assets(argv[2], &files);
		return 0;
	}
	if (argc >= 4 && strcmp(argv[1], "--catalogue") == 0) {
		write_catalogue(argv[2], argc - 3, argv + 3);
		return 0;
	}
	fprintf(stderr,
	    "usage: embed --assets OUT.c LIST FILE...\n"
	    "       embed --catalogue OUT.c FILE.json...\n");
	return 2;
}
