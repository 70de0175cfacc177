/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/picture.h"

#include <turbojpeg.h>
#include <webp/encode.h>

#include "base/buf.h"
#include "jobs/picture_parts.h"

enum {
	CPU_SECONDS = 20,
	WALL_MS = 30 * 1000,
	MEMORY_BYTES = 640 * 1024 * 1024,
	OUTPUT_BYTES = 16 * 1024 * 1024,
	QUALITY = 82, /* of 100 */
	HEADER_BYTES = 128,
};

/* ---- in the child ---- */

static bool
is_opaque(const struct pixels *in)
{
	ptrdiff_t n = pixels_bytes(in->width, in->height);
	for (ptrdiff_t i = 3; i < n; i += 4) {
		if (in->p[i] != 255)
			return false;
	}
	return true;
}

static enum err
write_jpeg(struct buf *out, const struct pixels *in)
{
	unsigned char *made = NULL;
	unsigned long n = 0;
	tjhandle jpeg = tjInitCompress();
	if (jpeg == NULL)
		return ERR_UNAVAIL;
	bool ok = tjCompress2(jpeg, in->p, in->width, 0, in->height, TJPF_RGBA,
		      &made, &n, TJSAMP_420, QUALITY, TJFLAG_ACCURATEDCT) == 0;
	if (ok)
		buf_add(out, (struct str){(char *)made, (ptrdiff_t)n});
	tjFree(made);
	tjDestroy(jpeg);
	return ok ? ERR_OK : ERR_INTERNAL;
}

static enum err
write_webp(struct buf *out, const struct pixels *in)
{
	uint8_t *made = NULL;
	size_t n = WebPEncodeRGBA(
	    in->p, in->width, in->height, in->width * 4, (float)QUALITY, &made);
	if (n > 0)
		buf_add(out, (struct str){(char *)made, (ptrdiff_t)n});
	WebPFree(made);
	return n > 0 ? ERR_OK : ERR_INTERNAL;
}

/* The answer is one line, "type width height bytes" of both copies, and then
 * the bytes of both. */
static enum err
draw_picture(struct arena *a, struct str input, struct str *output)
{
	struct pixels all, copy[2];
	struct buf bytes[2], out = buf_new(a, OUTPUT_BYTES);
	enum err e = picture_read(a, input, &all);
	if (e != ERR_OK)
		return e;
	copy[0] = picture_shrink(a, &all, PICTURE_WEB_SIDE);
	copy[1] = picture_shrink(a, &copy[0], PICTURE_THUMB_SIDE);
	bool opaque = is_opaque(&copy[0]);
	for (int i = 0; e == ERR_OK && i < 2; i++) {
		bytes[i] = buf_new(a, OUTPUT_BYTES);
		e = opaque ? write_jpeg(&bytes[i], &copy[i])
			   : write_webp(&bytes[i], &copy[i]);
		if (e == ERR_OK)
			buf_fmt(&out, "%s %d %d %td%c",
			    opaque ? "image/jpeg" : "image/webp", copy[i].width,
			    copy[i].height, bytes[i].n, i == 0 ? ' ' : '\n');
	}
	for (int i = 0; e == ERR_OK && i < 2; i++)
		buf_add(&out, buf_str(&bytes[i]));
	*output = buf_str(&out);
	return e == ERR_OK && out.full ? ERR_TOO_LARGE : e;
}

const struct helper_kind picture_kind = {
    .name = "picture",
    .run = draw_picture,
};

/* ---- here ---- */

static bool
read_number(struct str *line, int64_t most, int64_t *out)
{
	return str_int(str_cut(line, ' '), out) && *out > 0 && *out <= most;
}

/* A child that was taken over may answer what it likes: only these two types,
 * these sizes and these bytes. */
static bool
read_copy(
    struct str *line, struct str *rest, int side, struct picture_copy *out)
{
	int64_t width, height, n;
	struct str type = str_cut(line, ' ');
	if (!read_number(line, side, &width) ||
	    !read_number(line, side, &height) ||
	    !read_number(line, rest->n, &n))
		return false;
	out->type =
	    str_eq(type, S("image/webp")) ? S("image/webp") : S("image/jpeg");
	out->width = (int)width;
	out->height = (int)height;
	out->bytes = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n, rest->n);
	return true;
}

enum err
picture_clean(struct helper *helper, struct arena *a, struct str bytes,
    struct picture *out)
{
	struct helper_call call = {
	    .kind = &picture_kind,
	    .input = bytes,
	    .limits = {CPU_SECONDS, WALL_MS, MEMORY_BYTES, OUTPUT_BYTES},
	};
	struct str rest;
	if (bytes.n > PICTURE_BYTES)
		return ERR_TOO_LARGE;
	enum err e = helper_run(helper, a, &call, &rest);
	if (e != ERR_OK)
		return e;
	struct str line = str_cut(&rest, '\n');
	if (line.n > HEADER_BYTES ||
	    !read_copy(&line, &rest, PICTURE_WEB_SIDE, &out->web) ||
	    !read_copy(&line, &rest, PICTURE_THUMB_SIDE, &out->thumb))
		return ERR_INTERNAL;
	return ERR_OK;
}
