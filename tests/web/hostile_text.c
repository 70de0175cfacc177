/* SPDX-License-Identifier: MPL-2.0 */
#include "tests/web/hostile_text.h"

#include "base/buf.h"

static const struct str common[] = {
#include "tests/tools/hostile.def"
};

static const struct str more[] = {
    /* markup, and ways out of it */
    S_INIT("<b>fed</b>"),
    S_INIT("<h1>Ny overskrift</h1>"),
    S_INIT("</dd><dd>en til"),
    S_INIT("</main></body></html><p>efter"),
    S_INIT("<form action=/log-ud-overalt method=post>"),
    S_INIT("<input name=csrf value=x>"),
    S_INIT("<base href=//ond.example/>"),
    S_INIT("<meta http-equiv=refresh content=0;url=//ond.example>"),
    S_INIT("<link rel=stylesheet href=//ond.example/x.css>"),
    S_INIT("<style>*{display:none}</style>"),
    S_INIT("<math><mi xlink:href=javascript:x>"),
    S_INIT("<template><slot>"),
    S_INIT("<details open ontoggle=x()>"),
    S_INIT("<video><source onerror=x()>"),
    S_INIT("<scr<script>ipt>x()</script>"),
    S_INIT("<SCRIPT SRC=//ond.example></SCRIPT>"),
    S_INIT("<img\u2028src=x\u2028onerror=x()>"),
    S_INIT("<\u200bscript>x()</script>"),
    S_INIT("< script>x()</ script>"),
    S_INIT("<plaintext>"),
    S_INIT("<noscript><p title=\"</noscript><img src=x>\">"),
    S_INIT("</select><option selected>"),
    S_INIT("</textarea><textarea name=text>"),
    S_INIT("<!DOCTYPE html>"),
    S_INIT("<!ENTITY x SYSTEM \"file:///etc/passwd\">"),
    S_INIT("<text:p>ODT</text:p>"),
    S_INIT("</office:text>"),
    S_INIT("&#x3c;b&#x3e;"),
    S_INIT("&amp;amp;lt;"),
    S_INIT("&sol;&lt&gt"),
    /* out of a value */
    S_INIT("x\" style=\"position:fixed"),
    S_INIT("x' accesskey='x' onclick='x()"),
    S_INIT("x\" id=\"indhold"),
    S_INIT("x\"/><a href=\"/admin/brugere\">"),
    S_INIT("x onclick=x() y="),
    S_INIT("felt-title\" aria-hidden=\"true"),
    S_INIT("\"\"\"\"\""),
    S_INIT("''''"),
    S_INIT("=\"="),
    /* addresses */
    S_INIT("JAVASCRIPT:x()//"),
    S_INIT("java\tscript:x()"),
    S_INIT("https://fjordby.example@ond.example/"),
    S_INIT("/netvaerk/../admin/brugere"),
    S_INIT("#/../..//ond.example"),
    S_INIT("?besked=gemt&x=1"),
    /* templates, formats, shells, statements */
    S_INIT("{{name}}{{/name}}"),
    S_INIT("{{>head}}"),
    S_INIT("%2 %1 %9 %%"),
    S_INIT("%.*s%n%hhn"),
    S_INIT("%1$s%2$n"),
    S_INIT("En opgave|%1 opgaver"),
    S_INIT("msgid \"x\" msgstr \"y\""),
    S_INIT("$(id) `id` ${IFS}"),
    S_INIT("; shutdown -h now #"),
    S_INIT("| cat /etc/passwd"),
    S_INIT("-rf"),
    S_INIT("--data=/tmp"),
    S_INIT("$1, $2); DELETE FROM task; --"),
    S_INIT("' OR '1'='1"),
    S_INIT("x') UNION SELECT password FROM account --"),
    S_INIT("pg_sleep(9)"),
    S_INIT("\\'); \\\" \\\\ \\x"),
    S_INIT("NEAR(a b) OR col:x* ^y"),
    S_INIT("100% _under_ [score]"),
    /* cells of a sheet */
    S_INIT("=HYPERLINK(\"//ond.example\",\"klik\")"),
    S_INIT("-2+3+cmd|' /C calc'!A0"),
    S_INIT("\uff1d1+1"),
    S_INIT("@kontor; tabel"),
    S_INIT("a;b,c\td"),
    /* lines of other formats */
    S_INIT("BEGIN:VALARM"),
    S_INIT("X\nBEGIN:VEVENT\nSUMMARY:Y"),
    S_INIT("X\\nATTENDEE:mailto:x@ond.example"),
    S_INIT("X\r\nBcc: x@ond.example\r\n\r\nNy tekst"),
    S_INIT("X\rLocation: //ond.example"),
    S_INIT("X\u2028Y\u2029Z"),
    S_INIT("X\vY\fZ"),
    S_INIT(".\nQUIT"),
    S_INIT("=?utf-8?q?=0d=0aBcc=3a?="),
    S_INIT("{\"text\":\"\\u0000\"}"),
    S_INIT("--grænse\nContent-Type: text/html"),
    S_INIT("\\u003cscript\\u003e"),
    S_INIT("null"),
    S_INIT("undefined"),
    S_INIT("true"),
    S_INIT("NaN"),
    S_INIT("1e309"),
    S_INIT("-0"),
    S_INIT("0000"),
    S_INIT("9223372036854775808"),
    S_INIT("2026-02-30"),
    /* letters */
    S_INIT("a\u030a e\u0301 o\u0308 A\u030a"),
    S_INIT("Gru\u0308\u00dfe fra A\u030arhus"),
    S_INIT("\u212b og \u2126"),
    S_INIT("e\u0301\u0323 og e\u0323\u0301"),
    S_INIT("Z\u0351\u036b\u0343a\u0334\u0353l\u0336g\u0348o\u0311"),
    S_INIT("\u0301begynder"),
    S_INIT("ﬁ ½ ™ ＡＢ"),
    S_INIT("аdmin"), /* Cyrillic */
    S_INIT("İ ı ß ẞ"),
    S_INIT("שלום <b> עולם"),
    S_INIT("مرحبا \u202e gnp.exe"),
    S_INIT("\u2067x\u2069 \u202dy\u202c"),
    S_INIT("a\u200bb\u200cc\u200dd\u2060e"),
    S_INIT("\ufeffmærke"),
    S_INIT("\u00adblød\u00ad"),
    S_INIT("\u3164\u115f"),
    S_INIT("\u2800"),
    S_INIT("👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽"),
    S_INIT("🇩🇰🇩"),
    S_INIT("1️⃣ ☎️"),
    S_INIT("漢字かな한글"),
    S_INIT("𝒜𝓁𝒾"),
    S_INIT("\U0010fffd\ue000"),
    S_INIT("\ufffe\uffff \U0001ffff"),
    S_INIT("\ufffd"),
    S_INIT("Speciallægepraksisplanlægningsstabiliseringsperioden"),
    S_INIT("____________________________________________________________"),
    S_INIT("............................................................"),
    /* no text */
    S_INIT("\xed\xa0\x80"), /* surrogates */
    S_INIT("\xed\xb0\x80x"),
    S_INIT("\xed\xa0\xbd\xed\xb8\x80"),
    S_INIT("\xc0\xbcscript\xc0\xbe"),
    S_INIT("\xe0\x80\xbc"),
    S_INIT("\xf5\x80\x80\x80"),
    S_INIT("\xff\xfe<"),
    S_INIT("\xe6\xf8\xe5"), /* Latin-1 */
    S_INIT("a\xc3"),
    S_INIT("x\0y"),
    S_INIT("\x1b]0;x\x07"),
    S_INIT("\x08\x08\x08"),
    S_INIT("x\xc2\x85y"),
    S_INIT("\xc2\x9b[31m"),
};

/* What normal form C makes of those that are not in it. */
static const struct {
	struct str typed, kept;
} normal[] = {
    {S_INIT("a\u0301\u0301\u0301\u0301"), S_INIT("á\u0301\u0301\u0301")},
    {S_INIT("a\u030a e\u0301 o\u0308 A\u030a"), S_INIT("å é ö Å")},
    {S_INIT("Gru\u0308\u00dfe fra A\u030arhus"), S_INIT("Grüße fra Århus")},
    {S_INIT("\u212b og \u2126"), S_INIT("Å og Ω")},
    {S_INIT("e\u0301\u0323 og e\u0323\u0301"), S_INIT("ẹ\u0301 og ẹ\u0301")},
    {S_INIT("Z\u0351\u036b\u0343a\u0334\u0353l\u0336g\u0348o\u0311"),
	S_INIT("Z\u0351\u036b\u0313a\u0334\u0353l\u0336g\u0348ȏ")},
};

static struct str
in_normal_form(struct arena *a, struct str s)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(normal); i++) {
		if (str_eq(normal[i].typed, s))
			return normal[i].kept;
	}
	static const char *const ends[] = {"\r\n", "\r", "\v", "\f"};
	for (ptrdiff_t i = 0; i < COUNT_OF(ends); i++)
		s = str_replace(a, s, str_c(ends[i]), S("\n"));
	return s;
}

static struct str
unturned(struct arena *a, struct str s)
{
	static const char *const turning[] = {"\u202a", "\u202b", "\u202c",
	    "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"};
	for (ptrdiff_t i = 0; i < COUNT_OF(turning); i++)
		s = str_replace(a, s, str_c(turning[i]), S(""));
	return s;
}

/* The last in the list are no text, and those of the common ones that have a
 * control character in them. */
static bool
is_refused(struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		unsigned char next =
		    i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
		if ((c < 0x20 && (c < '\t' || c > '\r')) || c == 0x7f)
			return true;
		if ((c == 0xc2 && next < 0xa0) || c == 0xc0 || c >= 0xf5 ||
		    (c == 0xed && next >= 0xa0) || (c == 0xe0 && next < 0xa0) ||
		    (c >= 0xc2 && (next & 0xc0) != 0x80))
			return true;
	}
	return false;
}

static bool
is_blank(struct arena *a, struct str s)
{
	static const char *const unseen[] = {" ", "\t", "\n", "\u00a0",
	    "\u00ad", "\u115f", "\u200b", "\u200c", "\u200d", "\u200e",
	    "\u200f", "\u2028", "\u2029", "\u202f", "\u2060", "\u2065",
	    "\u206a", "\u2800", "\u3164", "\ufeff"};
	s = unturned(a, s);
	for (ptrdiff_t i = 0; i < COUNT_OF(unseen); i++)
		s = str_replace(a, s, str_c(unseen[i]), S(""));
	return s.n == 0;
}

static ptrdiff_t
length(struct str s)
{
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

static struct hostile
look_at(struct arena *a, struct str s)
{
	struct hostile h = {.refused = is_refused(s)};
	h.typed = h.refused ? s : str_trim(s);
	h.kept = str_trim(in_normal_form(a, h.typed));
	h.shown = unturned(a, h.kept);
	h.blank = is_blank(a, h.kept);
	h.one_line = str_find_byte(h.kept, '\n') < 0;
	h.length = length(h.kept);
	return h;
}

struct hostiles
hostile_texts(struct arena *a)
{
	ptrdiff_t n = COUNT_OF(common) + COUNT_OF(more);
	struct hostiles all = {arena_new(a, struct hostile, n), n};
	for (ptrdiff_t i = 0; i < n; i++)
		all.list[i] = look_at(a,
		    i < COUNT_OF(common) ? common[i]
					 : more[i - COUNT_OF(common)]);
	return all;
}
