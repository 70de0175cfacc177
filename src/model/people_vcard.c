/* SPDX-License-Identifier: MPL-2.0 */

/* vCards (RFC 2426, RFC 6350; quoted-printable of vCard 2.1). */
#include "base/buf.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "model/people_parts.h"

struct lines {
	struct str rest;
	int64_t line; /* of what comes next */
};

struct property {
	struct str name, value; /* the name in small letters, no parameters */
	int64_t line;
	int64_t column; /* of the value */
	bool quoted; /* quoted-printable */
};

static struct str
next_line(struct lines *l)
{
	struct str line = str_cut(&l->rest, '\n');
	l->line++;
	return str_ends(line, S("\r")) ? str_sub(line, 0, line.n - 1) : line;
}

static bool
starts_folded(struct str s)
{
	return s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t');
}

/* A line with those that go on from it: a blank begins them, or, in
 * quoted-printable, "=" ended the one before. */
static struct str
logical_line(struct arena *a, struct lines *l, bool *quoted)
{
	struct str line = next_line(l);
	struct str head = str_sub(line, 0, str_find_byte(line, ':'));
	*quoted = str_find(str_lower_ascii(a, head), S("quoted-printable")) > 0;
	if (!starts_folded(l->rest) && !(*quoted && str_ends(line, S("="))))
		return line;
	struct buf b = buf_new(a, line.n + l->rest.n + 1);
	for (;;) {
		bool soft = *quoted && str_ends(line, S("="));
		buf_add(&b, soft ? str_sub(line, 0, line.n - 1) : line);
		if (l->rest.n == 0 || (!soft && !starts_folded(l->rest)))
			return buf_str(&b);
		line = next_line(l);
		if (starts_folded(line) && !soft)
			line = str_sub(line, 1, line.n);
	}
}

/* Where the value begins: after the first colon that is in no quotes. */
static ptrdiff_t
value_at(struct str line)
{
	bool quoted = false;
	for (ptrdiff_t i = 0; i < line.n; i++) {
		if (line.p[i] == '"')
			quoted = !quoted;
		if (line.p[i] == ':' && !quoted)
			return i + 1;
	}
	return -1;
}

/* False at a line that is none. */
static bool
next_property(struct arena *a, struct lines *l, struct property *p)
{
	p->line = l->line;
	struct str line = logical_line(a, l, &p->quoted);
	ptrdiff_t at = value_at(line);
	if (at < 0)
		return false;
	struct str head = str_sub(line, 0, at - 1);
	struct str name = str_cut(&head, ';');
	/* "item1.EMAIL" is grouped. */
	ptrdiff_t dot = str_find_byte(name, '.');
	p->name = str_lower_ascii(a, str_sub(name, dot + 1, name.n));
	p->value = str_sub(line, at, line.n);
	p->column = 1 + utf8_length(str_sub(line, 0, at));
	return true;
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static struct str
unquoted(struct arena *a, struct str s)
{
	struct buf b = buf_new(a, s.n + 1);
	for (ptrdiff_t i = 0; i < s.n; i++) {
		int high = i + 2 < s.n ? hex(s.p[i + 1]) : -1;
		int low = i + 2 < s.n ? hex(s.p[i + 2]) : -1;
		if (s.p[i] == '=' && high >= 0 && low >= 0) {
			buf_byte(&b, (char)(high << 4 | low));
			i += 2;
		} else {
			buf_byte(&b, s.p[i]);
		}
	}
	return people_text(a, buf_str(&b));
}

/* Without backslashes; parts after a ';' are apart by `between`. */
static struct str
plain(struct arena *a, struct str s, struct str between)
{
	struct buf b = buf_new(a, 2 * s.n + 2);
	bool apart = false;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == ';' && between.n > 0) {
			apart = b.n > 0;
			continue;
		}
		if (apart)
			buf_add(&b, between);
		apart = false;
		if (c == '\\' && i + 1 < s.n) {
			c = s.p[++i];
			c = (c | 0x20) == 'n' ? '\n' : c;
		}
		buf_byte(&b, c);
	}
	return buf_str(&b);
}

/* "Holm;Karen;;;" is Karen Holm. */
static struct str
given_first(struct arena *a, struct str s)
{
	struct str rest = s, family = str_cut(&rest, ';');
	struct str given = str_cut(&rest, ';');
	return plain(a, STR_JOIN(a, given, S(" "), family), S(""));
}

static const struct {
	const char *name;
	enum people_field field;
	const char *between; /* its parts */
} known[] = {
    {"fn", PEOPLE_NAME, ""},
    {"email", PEOPLE_MAIL, ""},
    {"tel", PEOPLE_PHONE, ""},
    {"adr", PEOPLE_ADDRESS, ", "},
    {"nickname", PEOPLE_ALIAS, ""},
    {"note", PEOPLE_REASON, ""},
};

static void
take(struct arena *a, struct people_row *row, enum people_field field,
    struct str value, const struct property *p)
{
	if (row->value[field].n > 0 || str_trim(value).n == 0)
		return;
	/* vCard 4.0 may write a phone as an address of the web. */
	if (field == PEOPLE_PHONE && str_starts(value, S("tel:")))
		value = str_sub(value, 4, value.n);
	row->value[field] = str_dup(a, value);
	row->at[field] = (struct file_place){p->line, p->column};
}

static void
take_property(struct arena *a, struct people_row *row, const struct property *p)
{
	struct str value = p->quoted ? unquoted(a, p->value) : p->value;
	for (ptrdiff_t i = 0; i < COUNT_OF(known); i++) {
		if (str_eq(p->name, str_c(known[i].name)))
			take(a, row, known[i].field,
			    plain(a, value, str_c(known[i].between)), p);
	}
	/* Some write N alone. */
	if (str_eq(p->name, S("n")))
		take(a, row, PEOPLE_NAME, given_first(a, value), p);
}

static bool
has_controls(const struct people_row *row)
{
	for (int i = 0; i < PEOPLE_FIELDS; i++) {
		if (!utf8_valid(row->value[i]))
			return true;
	}
	return false;
}

static void
end_card(struct arena *a, struct people_file *f, struct people_row *row)
{
	if (!has_controls(row)) {
		people_row_check(a, f, row);
		return;
	}
	people_fault(a, f, (struct file_place){row->line, 1},
	    N_("There are characters in it that are no text."), S(""));
	f->n--;
}

static void
no_end(struct arena *a, struct people_file *f, const struct people_row *row)
{
	if (row != NULL)
		people_fault(a, f, (struct file_place){row->line, 1},
		    N_("This card has no end. Is the file whole?"), S(""));
}

void
people_vcard_read(struct arena *a, struct str text, struct people_file *f)
{
	struct lines l = {text, 1};
	struct people_row *row = NULL;
	struct property p;
	while (l.rest.n > 0 && f->n_faults < PEOPLE_FAULTS) {
		if (!next_property(a, &l, &p))
			continue;
		struct str value = str_lower_ascii(a, str_trim(p.value));
		bool card = str_eq(value, S("vcard"));
		if (card && str_eq(p.name, S("begin"))) {
			no_end(a, f, row);
			row = people_row_new(a, f, p.line);
			if (row == NULL)
				return;
		} else if (card && str_eq(p.name, S("end")) && row != NULL) {
			end_card(a, f, row);
			row = NULL;
		} else if (row != NULL) {
			take_property(a, row, &p);
		}
	}
	no_end(a, f, row);
}
