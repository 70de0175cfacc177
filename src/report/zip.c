/* SPDX-License-Identifier: MPL-2.0 */
#include "report/zip.h"

#include <zip.h>

/* 1 January 1980 at 0:00, where a zip's time begins. */
enum { ZIP_DAY = 1 << 5 | 1, ZIP_TIME = 0 };

static bool
add_file(zip_t *zip, const struct zip_part *part)
{
	zip_source_t *source = zip_source_buffer(
	    zip, part->bytes.p, (zip_uint64_t)part->bytes.n, 0);
	if (source == NULL)
		return false;
	zip_int64_t i = zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8);
	if (i < 0) {
		zip_source_free(source);
		return false;
	}
	return zip_set_file_compression(zip, (zip_uint64_t)i,
		   part->stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0) == 0 &&
	    zip_file_set_dostime(zip, (zip_uint64_t)i, ZIP_TIME, ZIP_DAY, 0) ==
	    0;
}

static bool
add_all(zip_t *zip, const struct zip_part *parts, ptrdiff_t n)
{
	bool ok = true;
	for (ptrdiff_t i = 0; ok && i < n; i++)
		ok = add_file(zip, &parts[i]);
	return ok;
}

/* Nothing here takes memory of an arena: when it is full, libzip's own would
 * be lost. */
static bool
write_parts(zip_source_t *file, const struct zip_part *parts, ptrdiff_t n)
{
	zip_t *zip = zip_open_from_source(file, ZIP_TRUNCATE, NULL);
	if (zip == NULL)
		return false;
	zip_source_keep(file); /* the archive takes the other reference */
	if (add_all(zip, parts, n) && zip_close(zip) == 0)
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
zip_write(
    struct arena *a, const struct zip_part *parts, ptrdiff_t n, struct str *out)
{
	struct zipped *file = arena_new(a, struct zipped, 1);
	arena_defer(a, drop_zipped, file);
	file->source = zip_source_buffer_create(NULL, 0, 0, NULL);
	if (file->source == NULL || !write_parts(file->source, parts, n))
		return ERR_INTERNAL;
	return take_bytes(a, file->source, out);
}
