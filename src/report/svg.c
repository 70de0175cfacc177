/* SPDX-License-Identifier: MPL-2.0 */
#include "report/svg.h"

#include <math.h>

enum { SVG_BYTES = 4 * 1024 * 1024 };

static const char STYLE[] =
    "<style>\n"
    "text{font:14px 'IBM Plex Sans',sans-serif;fill:#1a1a1a}\n"
    ".small{font-size:12px;fill:#595959}\n"
    ".strong{font-weight:600}\n"
    ".ground{fill:#fff}\n"
    ".axis,.grid{stroke:#757575;stroke-width:1;fill:none}\n"
    ".grid{stroke:#dcdcdc}\n"
    ".bar{stroke:#1a1a1a;stroke-width:2}\n"
    ".plain{fill:#757575}\n"
    ".group-1{fill:#004d99}.group-2{fill:#b35900}.group-3{fill:#1b7340}\n"
    ".group-4{fill:#7a3d99}.group-5{fill:#99334d}\n"
    ".hull-0{fill:#757575;fill-opacity:.12;stroke:#757575}\n"
    ".hull-1{fill:#004d99;fill-opacity:.12;stroke:#004d99}\n"
    ".hull-2{fill:#b35900;fill-opacity:.12;stroke:#b35900}\n"
    ".hull-3{fill:#1b7340;fill-opacity:.12;stroke:#1b7340}\n"
    ".hull-4{fill:#7a3d99;fill-opacity:.12;stroke:#7a3d99}\n"
    ".hull-5{fill:#99334d;fill-opacity:.12;stroke:#99334d}\n"
    "@media (prefers-color-scheme:dark){text{fill:#f5f5f5}"
    ".small{fill:#bfbfbf}.ground{fill:#1a1a1a}.grid{stroke:#595959}"
    ".bar{stroke:#f5f5f5}.group-1{fill:#80bfff}.group-2{fill:#ffb366}"
    ".group-3{fill:#7fd9a0}.group-4{fill:#d9a6f2}.group-5{fill:#ff99b3}}\n"
    "@media (forced-colors:active){text{fill:CanvasText}"
    ".ground{fill:Canvas}.axis,.grid,.bar{stroke:CanvasText}"
    "[class^=group],.plain{fill:CanvasText}}\n"
    "</style>\n";

static void
add_escaped(struct buf *b, struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		switch (s.p[i]) {
		case '&':
			buf_add(b, S("&amp;"));
			break;
		case '<':
			buf_add(b, S("&lt;"));
			break;
		case '>':
			buf_add(b, S("&gt;"));
			break;
		case '"':
			buf_add(b, S("&quot;"));
			break;
		default:
			buf_byte(b, s.p[i]);
		}
	}
}

/* Hundredths, without a trailing zero; never an exponent or a comma. */
static void
add_number(struct buf *b, double x)
{
	int64_t hundredths =
	    isfinite(x) && fabs(x) < 1e9 ? (int64_t)llround(x * 100) : 0;
	if (hundredths < 0)
		buf_byte(b, '-');
	if (hundredths < 0)
		hundredths = -hundredths;
	buf_int(b, hundredths / 100);
	if (hundredths % 100 == 0)
		return;
	buf_byte(b, '.');
	buf_byte(b, (char)('0' + hundredths / 10 % 10));
	if (hundredths % 10 != 0)
		buf_byte(b, (char)('0' + hundredths % 10));
}

static void
add_length(struct buf *b, const char *name, double x)
{
	buf_byte(b, ' ');
	buf_add(b, str_c(name));
	buf_add(b, S("=\""));
	add_number(b, x);
	buf_byte(b, '"');
}

static void
end_element(struct buf *b, const char *class)
{
	buf_add(b, S(" class=\""));
	buf_add(b, str_c(class));
	buf_add(b, S("\"/>\n"));
}

struct svg
svg_begin(struct arena *a, double width, double height, struct str title,
    struct str description)
{
	struct svg s = {.out = buf_new(a, SVG_BYTES)};
	struct buf *b = &s.out;
	buf_add(b,
	    S("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
	      "viewBox=\"0 0 "));
	add_number(b, width);
	buf_byte(b, ' ');
	add_number(b, height);
	buf_byte(b, '"');
	add_length(b, "width", width);
	add_length(b, "height", height);
	buf_add(b, S(">\n<title>"));
	add_escaped(b, title);
	buf_add(b, S("</title>\n<desc>"));
	add_escaped(b, description);
	buf_add(b, S("</desc>\n"));
	buf_add(b, str_c(STYLE));
	svg_rect(&s, 0, 0, width, height, "ground");
	return s;
}

void
svg_line(struct svg *s, double x1, double y1, double x2, double y2,
    const char *class)
{
	struct buf *b = &s->out;
	buf_add(b, S("<line"));
	add_length(b, "x1", x1);
	add_length(b, "y1", y1);
	add_length(b, "x2", x2);
	add_length(b, "y2", y2);
	end_element(b, class);
}

void
svg_rect(struct svg *s, double x, double y, double width, double height,
    const char *class)
{
	struct buf *b = &s->out;
	buf_add(b, S("<rect"));
	add_length(b, "x", x);
	add_length(b, "y", y);
	add_length(b, "width", width);
	add_length(b, "height", height);
	end_element(b, class);
}

static void
add_points(struct buf *b, const double *xy, ptrdiff_t n)
{
	buf_add(b, S("<polygon points=\""));
	for (ptrdiff_t i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(b, ' ');
		add_number(b, xy[2 * i]);
		buf_byte(b, ',');
		add_number(b, xy[2 * i + 1]);
	}
	buf_byte(b, '"');
}

void
svg_outline(struct svg *s, const double *xy, ptrdiff_t n, const char *class)
{
	add_points(&s->out, xy, n);
	end_element(&s->out, class);
}

/* Corners in halves of the size, around the middle. */
static const double SQUARE[] = {-.9, -.9, .9, -.9, .9, .9, -.9, .9};
static const double TRIANGLE[] = {0, -1, 1, .8, -1, .8};
static const double DIAMOND[] = {0, -1.1, 1.1, 0, 0, 1.1, -1.1, 0};
static const double CROSS[] = {-.3, -1, .3, -1, .3, -.3, 1, -.3, 1, .3, .3, .3,
    .3, 1, -.3, 1, -.3, .3, -1, .3, -1, -.3, -.3, -.3};

void
svg_mark(struct svg *s, enum svg_mark mark, double x, double y, double size,
    const char *class)
{
	static const struct {
		const double *xy;
		ptrdiff_t n;
	} shape[] = {[SVG_DOT] = {NULL, 0},
	    [SVG_SQUARE] = {SQUARE, 4},
	    [SVG_TRIANGLE] = {TRIANGLE, 3},
	    [SVG_DIAMOND] = {DIAMOND, 4},
	    [SVG_CROSS] = {CROSS, 12}};
	double xy[24] = {0};
	struct buf *b = &s->out;
	for (ptrdiff_t i = 0; i < 2 * shape[mark].n; i++)
		xy[i] = (i % 2 == 0 ? x : y) + shape[mark].xy[i] * size / 2;
	if (mark == SVG_DOT) {
		buf_add(b, S("<circle"));
		add_length(b, "cx", x);
		add_length(b, "cy", y);
		add_length(b, "r", size / 2);
	} else {
		add_points(b, xy, shape[mark].n);
	}
	end_element(b, class);
}

void
svg_text(struct svg *s, double x, double y, const char *anchor,
    const char *class, struct str text)
{
	struct buf *b = &s->out;
	buf_add(b, S("<text"));
	add_length(b, "x", x);
	add_length(b, "y", y);
	buf_add(b, S(" text-anchor=\""));
	buf_add(b, str_c(anchor));
	buf_add(b, S("\" class=\""));
	buf_add(b, str_c(class));
	buf_add(b, S("\">"));
	add_escaped(b, text);
	buf_add(b, S("</text>\n"));
}

void
svg_group(struct svg *s, struct str label)
{
	buf_add(&s->out, S("<g><title>"));
	add_escaped(&s->out, label);
	buf_add(&s->out, S("</title>\n"));
}

void
svg_close(struct svg *s)
{
	buf_add(&s->out, S("</g>\n"));
}

struct str
svg_end(struct svg *s)
{
	buf_add(&s->out, S("</svg>\n"));
	return s->out.full ? S("") : buf_str(&s->out);
}
