/* SPDX-License-Identifier: MPL-2.0 */

/* A picture's bytes to pixels.  What it is stands in its first bytes; its
 * name is not asked. */
#include <png.h>
#include <turbojpeg.h>
#include <webp/decode.h>

#include "jobs/picture_parts.h"

static const unsigned char *
bytes_of(struct str s)
{
	return (const unsigned char *)s.p;
}

static enum err
check_size(int64_t width, int64_t height)
{
	if (width < 1 || height < 1)
		return ERR_INVALID;
	return width > PICTURE_SIDE_MAX || height > PICTURE_SIDE_MAX ||
		width * height > PICTURE_PIXELS_MAX
	    ? ERR_TOO_LARGE
	    : ERR_OK;
}

static void
take_room(struct arena *a, struct pixels *out)
{
	out->p =
	    arena_new(a, unsigned char, pixels_bytes(out->width, out->height));
}

/* ---- JPEG ---- */

enum {
	TAG_ORIENTATION = 0x0112,
	ENTRY_BYTES = 12,
	MARK_EXIF = 0xe1,
	MARK_SCAN = 0xda,
};

static unsigned
number(struct str s, ptrdiff_t at, int bytes, bool little)
{
	unsigned n = 0;
	if (at < 0 || at + bytes > s.n)
		return 0;
	for (int i = 0; i < bytes; i++)
		n = n << 8 |
		    (unsigned char)s.p[little ? at + bytes - 1 - i : at + i];
	return n;
}

/* `tiff`: an EXIF block from its byte order on. */
static int
orientation_in(struct str tiff)
{
	bool little = str_starts(tiff, S("II"));
	ptrdiff_t at = (ptrdiff_t)number(tiff, 4, 4, little);
	unsigned n = number(tiff, at, 2, little);
	for (unsigned i = 0; i < n && at < tiff.n; i++) {
		ptrdiff_t entry = at + 2 + (ptrdiff_t)i * ENTRY_BYTES;
		if (number(tiff, entry, 2, little) == TAG_ORIENTATION)
			return (int)number(tiff, entry + 8, 2, little);
		if (entry > tiff.n)
			break;
	}
	return 1;
}

int
picture_orientation(struct str jpeg)
{
	for (ptrdiff_t at = 2; at + 4 <= jpeg.n;) {
		unsigned mark = number(jpeg, at, 2, false) & 0xff;
		ptrdiff_t n = (ptrdiff_t)number(jpeg, at + 2, 2, false);
		struct str part = str_sub(jpeg, at + 4, at + 2 + n);
		if ((unsigned char)jpeg.p[at] != 0xff || mark == MARK_SCAN ||
		    n < 2)
			break;
		if (mark == MARK_EXIF && part.n > 6 &&
		    str_eq(str_sub(part, 0, 6), S("Exif\0\0")))
			return orientation_in(str_sub(part, 6, part.n));
		at += 2 + n;
	}
	return 1;
}

/* The decoder can leave out what would be thrown away: half, a quarter, an
 * eighth, but not below what goes out. */
static int
jpeg_scaled(int side, int denominator)
{
	return (side + denominator - 1) / denominator;
}

static void
choose_scale(struct pixels *out)
{
	int longest = out->width > out->height ? out->width : out->height;
	int by = 1;
	while (by < 8 && longest / (by * 2) >= PICTURE_WEB_SIDE)
		by *= 2;
	out->width = jpeg_scaled(out->width, by);
	out->height = jpeg_scaled(out->height, by);
}

static void
close_jpeg(void *handle)
{
	tjDestroy(handle);
}

/* A warning is a fault: half a picture is no picture. */
static enum err
read_jpeg(struct arena *a, struct str bytes, struct pixels *out)
{
	int sampling = 0, colours = 0;
	tjhandle jpeg = tjInitDecompress();
	if (jpeg == NULL)
		return ERR_UNAVAIL;
	arena_defer(a, close_jpeg, jpeg);
	if (tjDecompressHeader3(jpeg, bytes_of(bytes), (unsigned long)bytes.n,
		&out->width, &out->height, &sampling, &colours) != 0)
		return ERR_INVALID;
	enum err e = check_size(out->width, out->height);
	if (e == ERR_OK && (colours == TJCS_CMYK || colours == TJCS_YCCK))
		e = ERR_INVALID;
	if (e != ERR_OK)
		return e;
	choose_scale(out);
	take_room(a, out);
	if (tjDecompress2(jpeg, bytes_of(bytes), (unsigned long)bytes.n, out->p,
		out->width, 0, out->height, TJPF_RGBA,
		TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS |
		    TJFLAG_ACCURATEDCT) != 0)
		return ERR_INVALID;
	return ERR_OK;
}

/* ---- PNG ---- */

static enum err
read_png(struct arena *a, struct str bytes, struct pixels *out)
{
	png_image png = {.version = PNG_IMAGE_VERSION};
	enum err e = ERR_INVALID;
	if (png_image_begin_read_from_memory(&png, bytes.p, (size_t)bytes.n))
		e = check_size(png.width, png.height);
	if (e == ERR_OK) {
		out->width = (int)png.width;
		out->height = (int)png.height;
		png.format = PNG_FORMAT_RGBA;
		take_room(a, out);
		if (!png_image_finish_read(&png, NULL, out->p, 0, NULL))
			e = ERR_INVALID;
	}
	png_image_free(&png);
	return e;
}

/* ---- WebP ---- */

static enum err
read_webp(struct arena *a, struct str bytes, struct pixels *out)
{
	WebPBitstreamFeatures found;
	if (WebPGetFeatures(bytes_of(bytes), (size_t)bytes.n, &found) !=
		VP8_STATUS_OK ||
	    found.has_animation)
		return ERR_INVALID;
	enum err e = check_size(found.width, found.height);
	if (e != ERR_OK)
		return e;
	out->width = found.width;
	out->height = found.height;
	take_room(a, out);
	return WebPDecodeRGBAInto(bytes_of(bytes), (size_t)bytes.n, out->p,
		   (size_t)pixels_bytes(out->width, out->height),
		   out->width * 4) != NULL
	    ? ERR_OK
	    : ERR_INVALID;
}

/* ---- whatever it is ---- */

static enum err
read_jpeg_upright(struct arena *a, struct str bytes, struct pixels *out)
{
	struct pixels as_it_lies;
	enum err e = read_jpeg(a, bytes, &as_it_lies);
	if (e != ERR_OK)
		return e;
	as_it_lies = picture_shrink(a, &as_it_lies, PICTURE_WEB_SIDE);
	*out = picture_turn(a, &as_it_lies, picture_orientation(bytes));
	return ERR_OK;
}

enum err
picture_read(struct arena *a, struct str bytes, struct pixels *out)
{
	if (bytes.n > PICTURE_BYTES)
		return ERR_TOO_LARGE;
	if (str_starts(bytes, S("\xff\xd8\xff")))
		return read_jpeg_upright(a, bytes, out);
	if (str_starts(bytes, S("\x89PNG\r\n\x1a\n")))
		return read_png(a, bytes, out);
	if (str_starts(bytes, S("RIFF")) &&
	    str_eq(str_sub(bytes, 8, 12), S("WEBP")))
		return read_webp(a, bytes, out);
	return ERR_INVALID;
}
