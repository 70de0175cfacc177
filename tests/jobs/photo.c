/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/jobs/photo.h"

#include <png.h>
#include <turbojpeg.h>
#include <webp/encode.h>

#include "base/buf.h"

enum { MOST = 4 * 1024 * 1024, QUALITY = 90 };

const char *const photo_secrets[] = {"Kamera-1842", "56.1234N-GPS",
    "lille-billede", "xmp-kanariefugl", "Jensens bemærkning", NULL};

static unsigned char *
paint(struct arena *a, int width, int height, bool see_through)
{
	unsigned char *p =
	    arena_new(a, unsigned char, (ptrdiff_t)width *height * 4);
	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++) {
			unsigned char *at = p + ((ptrdiff_t)y * width + x) * 4;
			at[0] = y > height / 8 && x < width / 2 ? 255 : 0;
			at[1] = y <= height / 8 ? 255 : 0;
			at[2] = y > height / 8 && x >= width / 2 ? 255 : 0;
			at[3] = see_through && x < width / 2 ? 0 : 255;
		}
	}
	return p;
}

struct str
photo_jpeg(struct arena *a, int width, int height)
{
	unsigned char *made = NULL;
	unsigned long n = 0;
	tjhandle jpeg = tjInitCompress();
	CHECK_INT(tjCompress2(jpeg, paint(a, width, height, false), width, 0,
		      height, TJPF_RGBA, &made, &n, TJSAMP_444, QUALITY, 0),
	    0);
	struct str out = str_dup(a, (struct str){(char *)made, (ptrdiff_t)n});
	tjFree(made);
	tjDestroy(jpeg);
	return out;
}

struct str
photo_png(struct arena *a, int width, int height, bool see_through)
{
	png_image png = {.version = PNG_IMAGE_VERSION,
	    .width = (png_uint_32)width,
	    .height = (png_uint_32)height,
	    .format = PNG_FORMAT_RGBA};
	size_t n = MOST;
	char *out = arena_new(a, char, MOST);
	CHECK(png_image_write_to_memory(
	    &png, out, &n, 0, paint(a, width, height, see_through), 0, NULL));
	return (struct str){out, (ptrdiff_t)n};
}

struct str
photo_webp(struct arena *a, int width, int height)
{
	uint8_t *made = NULL;
	size_t n = WebPEncodeRGBA(paint(a, width, height, false), width, height,
	    width * 4, QUALITY, &made);
	struct str out = str_dup(a, (struct str){(char *)made, (ptrdiff_t)n});
	CHECK(n > 0);
	WebPFree(made);
	return out;
}

static void
add_part(struct buf *b, int mark, struct str text)
{
	ptrdiff_t n = text.n + 2;
	buf_byte(b, (char)0xff);
	buf_byte(b, (char)mark);
	buf_byte(b, (char)(n >> 8));
	buf_byte(b, (char)n);
	buf_add(b, text);
}

/* Two entries: how it is turned, and who made it. */
static struct str
exif(struct arena *a, int orientation)
{
	struct buf b = buf_new(a, 4096);
	const char head[] = "Exif\0\0MM\0\x2a\0\0\0\x08\0\x02"
			    "\x01\x0f\0\x02\0\0\0\x0c\0\0\0\x26"
			    "\x01\x12\0\x03\0\0\0\x01\0";
	buf_add(&b, (struct str){head, sizeof head - 1});
	buf_byte(&b, (char)orientation);
	buf_add(&b, (struct str){"\0\0\0\0\0\0", 6});
	buf_add(&b, S("Kamera-1842 56.1234N-GPS lille-billede"));
	return buf_str(&b);
}

struct str
photo_planted(struct arena *a, struct str jpeg, int orientation)
{
	struct buf b = buf_new(a, MOST);
	buf_add(&b, str_sub(jpeg, 0, 2));
	add_part(&b, 0xe1, exif(a, orientation));
	add_part(
	    &b, 0xe1, S("http://ns.adobe.com/xap/1.0/ <x>xmp-kanariefugl</x>"));
	add_part(&b, 0xfe, S("Jensens bemærkning"));
	buf_add(&b, str_sub(jpeg, 2, jpeg.n));
	CHECK(!b.full);
	return buf_str(&b);
}
