/* SPDX-License-Identifier: MPL-2.0 */

/* Mail made of what people typed: an address, a subject and a text, apart by a
 * NUL.  Whatever is in them, the message has the headers that we write and
 * no other, short lines that end in CR LF, and says what was typed. */
#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "jobs/smtp.h"
#include "tests/fuzz.h"

/* RFC 5322 section 2.1.1, and 2045 section 6.8. */
enum { LINE_SHORT = 78, LINE_MOST = 998, LINE_CODED = 76 };

/* local@domain with the letters of RFC 5321's Dot-string and a domain of at
 * least two labels; nothing that a list of addresses could mind. */
static bool
is_address(struct str s)
{
	ptrdiff_t at = str_find_byte(s, '@'), label = 0, dots = 0;
	if (at < 1 || at > 64 || s.n > 254)
		return false;
	for (ptrdiff_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < 0x21 || c > 0x7e || (c == '@' && i != at) ||
		    strchr("\"(),:;<>[\\]", c) != NULL)
			return false;
	}
	for (ptrdiff_t i = at + 1; i <= s.n; i++) {
		if (i < s.n && s.p[i] != '.') {
			if (label++ == 0 && s.p[i] == '-')
				return false;
			continue;
		}
		if (label == 0 || label > 63)
			return false;
		dots += i < s.n;
		label = 0;
	}
	return dots > 0;
}

static struct str
unbase64(struct arena *a, struct str s)
{
	unsigned char *out = arena_new(a, unsigned char, s.n + 1);
	size_t n = 0;
	MUST(sodium_base642bin(out, (size_t)s.n, s.p, (size_t)s.n, "\r\n", &n,
		 NULL, sodium_base64_VARIANT_ORIGINAL) == 0);
	return (struct str){(const char *)out, (ptrdiff_t)n};
}

/* RFC 2047, as far as we write it: plain, or words of base64. */
static struct str
decoded(struct arena *a, struct str s)
{
	struct str begin = S("=?UTF-8?B?"), end = S("?=");
	struct buf b = buf_new(a, PTRDIFF_MAX / 4);
	if (str_find(s, begin) < 0)
		return s;
	while (s.n > 0) {
		struct str word = str_trim(str_cut(&s, ' '));
		MUST(str_starts(word, begin) && str_ends(word, end));
		MUST(word.n <= 75); /* RFC 2047 section 2 */
		word = str_sub(word, begin.n, word.n - 2);
		struct str part = unbase64(a, word);
		MUST(utf8_valid(part)); /* no letter is split */
		buf_add(&b, part);
	}
	return buf_str(&b);
}

/* The next header, unfolded, with its name in `*name`. */
static struct str
cut_header(struct arena *a, struct str *head, struct str *name)
{
	struct buf b = buf_new(a, PTRDIFF_MAX / 4);
	do {
		ptrdiff_t end = str_find(*head, S("\r\n"));
		MUST(end >= 0);
		struct str line = str_sub(*head, 0, end);
		bool address = str_find_byte(line, '@') >= 0;
		MUST(line.n <= (address ? LINE_MOST : LINE_SHORT));
		for (ptrdiff_t i = 0; i < line.n; i++)
			MUST(line.p[i] >= ' ' && line.p[i] <= '~');
		buf_add(&b, line);
		*head = str_sub(*head, end + 2, head->n);
	} while (head->n > 0 && head->p[0] == ' ');
	struct str value = buf_str(&b);
	*name = str_cut(&value, ':');
	return str_trim(value);
}

static void
check_message(
    struct arena *a, struct str message, const struct mail_claim *mail)
{
	static const char *const names[] = {"Date", "From", "To", "Message-ID",
	    "Subject", "MIME-Version", "Auto-Submitted", "Content-Type",
	    "Content-Transfer-Encoding"};
	ptrdiff_t end = str_find(message, S("\r\n\r\n"));
	MUST(end >= 0);
	struct str head = str_sub(message, 0, end + 2), name;
	for (ptrdiff_t i = 0; i < COUNT_OF(names); i++) {
		struct str value = cut_header(a, &head, &name);
		MUST(str_eq(name, str_c(names[i])));
		if (str_eq(name, S("Subject")))
			MUST(str_eq(str_trim(decoded(a, value)),
			    str_trim(mail->subject)));
		if (str_eq(name, S("To")))
			MUST(str_eq(
			    value, str_fmt(a, "<%.*s>", STR_ARG(mail->to))));
	}
	MUST(head.n == 0);
	struct str body = str_sub(message, end + 4, message.n);
	for (struct str rest = body; rest.n > 0;)
		MUST(str_cut(&rest, '\n').n <= LINE_CODED + 1);
	struct str lf = str_replace(a, mail->body, S("\r\n"), S("\n"));
	MUST(str_eq(unbase64(a, body), str_replace(a, lf, S("\n"), S("\r\n"))));
}

/* The name of the organisation is shown, whatever letters are in it. */
static void
check_name(struct arena *a, const struct smtp_server *server,
    const struct mail_claim *mail)
{
	struct str message, name;
	if (!utf8_valid(mail->subject) ||
	    smtp_message(a, server, mail, 0, &message) != ERR_OK)
		return;
	(void)cut_header(a, &message, &name);
	struct str value = cut_header(a, &message, &name);
	struct str address = str_fmt(a, "<%.*s>", STR_ARG(server->from));
	MUST(str_ends(value, address));
	value = str_trim(str_sub(value, 0, value.n - address.n));
	if (str_starts(value, S("\"")))
		value = str_sub(value, 1, value.n - 1);
	MUST(str_eq(decoded(a, value), server->from_name));
}

FUZZ(input)
{
	struct smtp_server server = {
	    .from = S("samskab@fjordby.dk"), .from_name = S("Fjordby")};
	struct mail_claim mail = {.body = input};
	struct str message;
	mail.to = fuzz_part(&mail.body);
	mail.subject = fuzz_part(&mail.body);
	MUST(mail_address_ok(mail.to) == is_address(mail.to));
	enum err e = smtp_message(arena, &server, &mail, 0, &message);
	MUST(e != ERR_OK || is_address(mail.to));
	if (e == ERR_OK && utf8_valid(mail.subject) && utf8_valid(mail.body))
		check_message(arena, message, &mail);
	server.from_name = mail.subject;
	check_name(arena, &server, &mail);
}
