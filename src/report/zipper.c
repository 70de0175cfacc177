/* SPDX-License-Identifier: MPL-2.0 */

/* PKWARE's APPNOTE: a local header before each part, a directory behind the
 * last.  A part's sizes are written into its header once they are known. */
#include "report/zipper.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/macros.h"

enum {
	LEVEL = 4, /* half the time of 6, a tenth more bytes */
	RAW = -15, /* deflate without zlib's own head */
	OUT_BYTES = 32 * 1024,
	NAME_BYTES = 64,
	VERSION = 20, /* that a reader needs: deflate */
	UTF8_NAME = 1 << 11, /* flag */
	DAY = 1 << 5 | 1, /* 1 January 1980 */
	LOCAL_BYTES = 30,
	CENTRAL_BYTES = 46,
	END_BYTES = 22,
};

struct part {
	char name[NAME_BYTES];
	int64_t at, packed, size;
	uint32_t crc;
};

struct zipper {
	int fd;
	int64_t n; /* bytes written */
	enum err fault;
	z_stream z;
	bool inside;
	int parts;
	struct part part[ZIPPER_PARTS];
	unsigned char out[OUT_BYTES];
};

/* ---- bytes ---- */

static void
fail(struct zipper *f, enum err e)
{
	if (f->fault == ERR_OK)
		f->fault = e;
}

static void
write_at(struct zipper *f, const void *bytes, ptrdiff_t n, int64_t at)
{
	const char *from = bytes;
	while (n > 0 && f->fault == ERR_OK) {
		ssize_t wrote = pwrite(f->fd, from, (size_t)n, (off_t)at);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0) {
			fail(f, ERR_UNAVAIL);
			return;
		}
		from += wrote;
		at += wrote;
		n -= wrote;
	}
}

static void
append(struct zipper *f, const void *bytes, ptrdiff_t n)
{
	write_at(f, bytes, n, f->n);
	f->n += n;
	if (f->n > UINT32_MAX)
		fail(f, ERR_TOO_LARGE);
}

/* Little endian, `bytes` of it, and on. */
static unsigned char *
put(unsigned char *to, uint64_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		*to++ = (unsigned char)(value >> 8 * i);
	return to;
}

/* What both headers of a part have, from the version on. */
static unsigned char *
put_about(unsigned char *to, const struct part *p)
{
	to = put(to, VERSION, 2);
	to = put(to, UTF8_NAME, 2);
	to = put(to, Z_DEFLATED, 2);
	to = put(to, 0, 2);
	to = put(to, DAY, 2);
	to = put(to, p->crc, 4);
	to = put(to, (uint64_t)p->packed, 4);
	to = put(to, (uint64_t)p->size, 4);
	to = put(to, strlen(p->name), 2);
	return put(to, 0, 2); /* nothing extra */
}

static void
write_local(struct zipper *f, const struct part *p)
{
	unsigned char head[LOCAL_BYTES];
	unsigned char *to = put(head, 0x04034b50, 4);
	to = put_about(to, p);
	assert(to == head + sizeof head);
	write_at(f, head, sizeof head, p->at);
}

static void
append_central(struct zipper *f, const struct part *p)
{
	unsigned char head[CENTRAL_BYTES];
	unsigned char *to = put(head, 0x02014b50, 4);
	to = put(to, VERSION, 2); /* made by */
	to = put_about(to, p);
	to = put(to, 0, 2); /* comment */
	to = put(to, 0, 2); /* disk */
	to = put(to, 0, 2); /* internal */
	to = put(to, 0, 4); /* external */
	to = put(to, (uint64_t)p->at, 4);
	assert(to == head + sizeof head);
	append(f, head, sizeof head);
	append(f, p->name, (ptrdiff_t)strlen(p->name));
}

static void
append_end(struct zipper *f, int64_t directory)
{
	unsigned char end[END_BYTES];
	unsigned char *to = put(end, 0x06054b50, 4);
	to = put(to, 0, 4); /* disks */
	to = put(to, (uint64_t)f->parts, 2);
	to = put(to, (uint64_t)f->parts, 2);
	to = put(to, (uint64_t)(f->n - directory), 4);
	to = put(to, (uint64_t)directory, 4);
	to = put(to, 0, 2); /* comment */
	assert(to == end + sizeof end);
	append(f, end, sizeof end);
}

/* ---- parts ---- */

/* Until all of it is taken in, or, at the end, out. */
static void
pack(struct zipper *f, struct str bytes, int flush)
{
	int was = Z_OK;
	f->z.next_in = (Bytef *)(uintptr_t)bytes.p;
	f->z.avail_in = (uInt)bytes.n;
	do {
		f->z.next_out = f->out;
		f->z.avail_out = OUT_BYTES;
		was = deflate(&f->z, flush);
		append(f, f->out, OUT_BYTES - (ptrdiff_t)f->z.avail_out);
	} while (f->fault == ERR_OK && f->z.avail_out == 0);
	if (was == Z_STREAM_ERROR || f->z.avail_in > 0)
		fail(f, ERR_UNAVAIL);
}

static void
end_part(struct zipper *f)
{
	if (!f->inside)
		return;
	struct part *p = &f->part[f->parts - 1];
	f->inside = false;
	pack(f, S(""), Z_FINISH);
	p->packed = f->n - p->at - LOCAL_BYTES - (ptrdiff_t)strlen(p->name);
	if (p->size > UINT32_MAX)
		fail(f, ERR_TOO_LARGE);
	write_local(f, p);
}

void
zipper_part(struct zipper *f, const char *name)
{
	static const unsigned char later[LOCAL_BYTES];
	end_part(f);
	assert(f->parts < ZIPPER_PARTS && strlen(name) < NAME_BYTES);
	struct part *p = &f->part[f->parts++];
	*p = (struct part){.at = f->n};
	memcpy(p->name, name, strlen(name));
	append(f, later, sizeof later);
	append(f, name, (ptrdiff_t)strlen(name));
	if (deflateReset(&f->z) != Z_OK)
		fail(f, ERR_UNAVAIL);
	f->inside = true;
}

void
zipper_add(struct zipper *f, struct str bytes)
{
	struct part *p = &f->part[f->parts - 1];
	assert(f->inside);
	if (bytes.n == 0 || f->fault != ERR_OK)
		return;
	p->crc = (uint32_t)crc32(p->crc, (const Bytef *)bytes.p, (uInt)bytes.n);
	p->size += bytes.n;
	pack(f, bytes, Z_NO_FLUSH);
}

/* ---- all of it ---- */

static void
close_packer(void *arg)
{
	struct zipper *f = arg;
	(void)deflateEnd(&f->z);
}

struct zipper *
zipper_open(struct arena *a, int fd)
{
	struct zipper *f = arena_new(a, struct zipper, 1);
	f->fd = fd;
	if (deflateInit2(
		&f->z, LEVEL, Z_DEFLATED, RAW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return NULL;
	arena_defer(a, close_packer, f);
	return f;
}

enum err
zipper_end(struct zipper *f, int64_t *size)
{
	end_part(f);
	int64_t directory = f->n;
	for (int i = 0; i < f->parts; i++)
		append_central(f, &f->part[i]);
	append_end(f, directory);
	*size = f->n;
	return f->fault;
}
