/* SPDX-License-Identifier: MPL-2.0 */
#include "report/odt.h"

#include <zip.h>

#include "report/odt_parts.h"

static const char MANIFEST[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:"
    "xmlns:manifest:1.0\" manifest:version=\"1.2\">\n"
    "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.2\""
    " manifest:media-type=\"application/vnd.oasis.opendocument.text\"/>\n"
    "<manifest:file-entry manifest:full-path=\"content.xml\""
    " manifest:media-type=\"text/xml\"/>\n"
    "<manifest:file-entry manifest:full-path=\"styles.xml\""
    " manifest:media-type=\"text/xml\"/>\n"
    "<manifest:file-entry manifest:full-path=\"meta.xml\""
    " manifest:media-type=\"text/xml\"/>\n"
    "</manifest:manifest>\n";

/* 1 January 1980 at 0:00, where a zip's time begins. */
enum { ZIP_DAY = 1 << 5 | 1, ZIP_TIME = 0 };

static bool
add_file(zip_t *zip, const char *name, struct str bytes, bool packed)
{
	zip_source_t *source =
	    zip_source_buffer(zip, bytes.p, (zip_uint64_t)bytes.n, 0);
	if (source == NULL)
		return false;
	zip_int64_t i = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
	if (i < 0) {
		zip_source_free(source);
		return false;
	}
	return zip_set_file_compression(zip, (zip_uint64_t)i,
		   packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) == 0 &&
	    zip_file_set_dostime(zip, (zip_uint64_t)i, ZIP_TIME, ZIP_DAY, 0) ==
	    0;
}

struct parts {
	struct str content, styles, meta; /* "": too large */
};

static bool
add_all(zip_t *zip, const struct parts *p)
{
	return add_file(zip, "mimetype",
		   S("application/vnd.oasis.opendocument.text"), false) &&
	    add_file(zip, "content.xml", p->content, true) &&
	    add_file(zip, "styles.xml", p->styles, true) &&
	    add_file(zip, "meta.xml", p->meta, true) &&
	    add_file(zip, "META-INF/manifest.xml", str_c(MANIFEST), true);
}

/* Nothing here takes memory of an arena: when it is full, libzip's own would
 * be lost. */
static bool
write_zip(zip_source_t *file, const struct parts *p)
{
	zip_t *zip = zip_open_from_source(file, ZIP_TRUNCATE, NULL);
	if (zip == NULL)
		return false;
	zip_source_keep(file); /* the archive takes the other reference */
	if (add_all(zip, p) && zip_close(zip) == 0)
		return true;
	zip_discard(zip);
	return false;
}

static enum err
take_bytes(struct arena *a, zip_source_t *file, struct str *out)
{
	zip_stat_t stat;
	if (zip_source_stat(file, &stat) != 0 || zip_source_open(file) != 0)
		return ERR_INTERNAL;
	char *bytes = arena_new(a, char, (ptrdiff_t)stat.size);
	zip_int64_t n = zip_source_read(file, bytes, stat.size);
	zip_source_close(file);
	*out = (struct str){bytes, (ptrdiff_t)n};
	return n == (zip_int64_t)stat.size ? ERR_OK : ERR_INTERNAL;
}

struct zipped {
	zip_source_t *source;
};

static void
drop_zipped(void *arg)
{
	struct zipped *zipped = arg;
	zip_source_free(zipped->source);
}

enum err
odt_write(struct arena *a, const struct doc *d, struct str *out)
{
	enum err e = doc_check(d);
	if (e != ERR_OK)
		return e;
	struct parts parts = {
	    odt_content(a, d), odt_styles(a, d), odt_meta(a, d)};
	if (parts.content.n == 0 || parts.styles.n == 0 || parts.meta.n == 0)
		return ERR_TOO_LARGE;
	struct zipped *file = arena_new(a, struct zipped, 1);
	arena_defer(a, drop_zipped, file);
	file->source = zip_source_buffer_create(NULL, 0, 0, NULL);
	if (file->source == NULL || !write_zip(file->source, &parts))
		return ERR_INTERNAL;
	return take_bytes(a, file->source, out);
}
