/* SPDX-License-Identifier: MPL-2.0 */
#include "report/unzip.h"

#include <zip.h>

bool
unzip_is(struct str bytes)
{
	return str_starts(bytes, S("PK\003\004"));
}

/* One entry of at most `room` bytes; its size is what comes, not what the zip
 * says. */
static bool
read_entry(zip_t *zip, zip_uint64_t i, char *to, ptrdiff_t room, ptrdiff_t *n)
{
	zip_file_t *file = zip_fopen_index(zip, i, 0);
	if (file == NULL)
		return false;
	zip_int64_t got = 1;
	for (*n = 0; got > 0 && *n<room; *n += got> 0 ? (ptrdiff_t)got : 0)
		got = zip_fread(file, to + *n, (zip_uint64_t)(room - *n));
	zip_fclose(file);
	/* Full: there may be more. */
	return got >= 0 && *n < room;
}

static bool
is_table(zip_t *zip, zip_uint64_t i)
{
	const char *name = zip_get_name(zip, i, ZIP_FL_ENC_GUESS);
	if (name == NULL)
		return false;
	struct str end = str_c(name);
	return end.n > 4 &&
	    str_eq_nocase(str_sub(end, end.n - 4, end.n), S(".csv"));
}

static bool
read_all(zip_t *zip, struct str room, struct unzipped *out)
{
	zip_int64_t entries = zip_get_num_entries(zip, 0);
	if (entries < 0 || entries > UNZIP_FILES)
		return false;
	char *to = (char *)(uintptr_t)room.p;
	for (zip_uint64_t i = 0; i < (zip_uint64_t)entries; i++) {
		ptrdiff_t n;
		if (!is_table(zip, i))
			continue;
		if (!read_entry(zip, i, to, room.n, &n))
			return false;
		out->file[out->n++] = (struct str){to, n};
		to += n;
		room.n -= n;
	}
	return true;
}

/* libzip's memory is not an arena's, so none is taken between open and end. */
bool
unzip_tables(
    struct arena *a, struct str bytes, ptrdiff_t most, struct unzipped *out)
{
	*out = (struct unzipped){.n = 0};
	struct str room = {arena_new(a, char, most + 1), most + 1};
	zip_source_t *source =
	    zip_source_buffer_create(bytes.p, (zip_uint64_t)bytes.n, 0, NULL);
	if (source == NULL)
		return false;
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
	if (zip == NULL) {
		zip_source_free(source);
		return false;
	}
	bool ok = read_all(zip, room, out);
	zip_discard(zip);
	return ok;
}
