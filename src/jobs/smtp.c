/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/smtp.h"

#include <curl/curl.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/secret.h"
#include "base/utf8.h"

enum {
	WORD_BYTES = 42, /* of text in an encoded word: 75 characters coded */
	LINE_BYTES = 54, /* of body in a line: 72 characters coded */
	CONNECT_SECONDS = 15,
	TOTAL_SECONDS = 60,
	MESSAGE_BYTES = 512 * 1024,
};

static bool
is_plain(struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		if (s.p[i] < 0x20 || s.p[i] > 0x7e || s.p[i] == '=')
			return false;
	}
	return s.n < WORD_BYTES;
}

/* Encoded words, each whole letters, on lines of their own. */
static void
add_words(struct buf *b, struct str text)
{
	if (is_plain(text)) {
		buf_add(b, text);
		return;
	}
	for (bool first = true; text.n > 0; first = false) {
		ptrdiff_t n = text.n < WORD_BYTES ? text.n : WORD_BYTES;
		while (n < text.n && ((unsigned char)text.p[n] & 0xc0) == 0x80)
			n--;
		buf_add(b, first ? S("=?UTF-8?B?") : S("\r\n =?UTF-8?B?"));
		buf_add(b, base64(b->arena, str_sub(text, 0, n)));
		buf_add(b, S("?="));
		text = str_sub(text, n, text.n);
	}
}

/* A display name: quoted when plain, without what a quote could end at. */
static void
add_name(struct buf *b, struct str name)
{
	bool quote = is_plain(name);
	if (quote && str_find_byte(name, '"') < 0 &&
	    str_find_byte(name, '\\') < 0)
		buf_fmt(b, "\"%.*s\"", STR_ARG(name));
	else if (!quote)
		add_words(b, name);
}

static void
add_date(struct buf *b, int64_t us)
{
	static const char *const days[] = {
	    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May",
	    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct civil c = civil_utc(us);
	buf_fmt(b, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n",
	    days[date_weekday(c.date)], c.date.day, months[c.date.month - 1],
	    c.date.year, c.hour, c.minute, c.second);
}

static void
add_body(struct buf *b, struct str text)
{
	struct str crlf = str_replace(b->arena, text, S("\n"), S("\r\n"));
	while (crlf.n > 0) {
		buf_add(b, base64(b->arena, str_sub(crlf, 0, LINE_BYTES)));
		buf_add(b, S("\r\n"));
		crlf = str_sub(crlf, LINE_BYTES, crlf.n);
	}
}

enum err
smtp_message(struct arena *a, const struct smtp_server *server,
    const struct mail_claim *mail, int64_t now_us, struct str *out)
{
	struct str at = server->from;
	(void)str_cut(&at, '@');
	if (!mail_address_ok(server->from) || !mail_address_ok(mail->to) ||
	    str_find_byte(mail->subject, '\n') >= 0 ||
	    str_find_byte(mail->subject, '\r') >= 0)
		return ERR_INVALID;
	struct buf b = buf_new(a, MESSAGE_BYTES);
	add_date(&b, now_us);
	buf_add(&b, S("From: "));
	if (server->from_name.n > 0) {
		add_name(&b, server->from_name);
		buf_byte(&b, ' ');
	}
	buf_fmt(&b, "<%.*s>\r\nTo: <%.*s>\r\n", STR_ARG(server->from),
	    STR_ARG(mail->to));
	buf_fmt(&b, "Message-ID: <%.*s@%.*s>\r\nSubject: ",
	    STR_ARG(id_text(a, mail->id)), STR_ARG(at));
	add_words(&b, mail->subject);
	buf_add(&b,
	    S("\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n"
	      "Content-Type: text/plain; charset=utf-8\r\n"
	      "Content-Transfer-Encoding: base64\r\n\r\n"));
	add_body(&b, mail->body);
	*out = buf_str(&b);
	return b.full ? ERR_TOO_LARGE : ERR_OK;
}

static size_t
give(char *out, size_t size, size_t n, void *arg)
{
	struct str *rest = arg;
	struct str part = str_sub(*rest, 0, (ptrdiff_t)(size * n));
	if (part.n > 0)
		memcpy(out, part.p, (size_t)part.n);
	*rest = str_sub(*rest, part.n, rest->n);
	return (size_t)part.n;
}

static void
set_text(CURL *curl, CURLoption option, struct arena *a, struct str text)
{
	if (text.n > 0)
		curl_easy_setopt(curl, option, str_cstr(a, text));
}

static void
set_options(CURL *curl, struct arena *a, const struct smtp_server *server,
    struct str *message, struct curl_slist *to)
{
	set_text(curl, CURLOPT_URL, a, server->url);
	set_text(curl, CURLOPT_USERNAME, a, server->user);
	set_text(curl, CURLOPT_PASSWORD, a, server->password);
	set_text(curl, CURLOPT_MAIL_FROM, a,
	    str_fmt(a, "<%.*s>", STR_ARG(server->from)));
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)TOTAL_SECONDS);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_READDATA, message);
}

enum err
smtp_send(struct arena *a, const struct smtp_server *server,
    const struct mail_claim *mail, int64_t now_us)
{
	struct str message;
	enum err e = smtp_message(a, server, mail, now_us, &message);
	CURL *curl = e == ERR_OK ? curl_easy_init() : NULL;
	if (e != ERR_OK || curl == NULL)
		return e != ERR_OK ? e : ERR_UNAVAIL;
	struct curl_slist *to = curl_slist_append(
	    NULL, str_cstr(a, str_fmt(a, "<%.*s>", STR_ARG(mail->to))));
	long code = 0;
	set_options(curl, a, server, &message, to);
	CURLcode result = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
	curl_slist_free_all(to);
	curl_easy_cleanup(curl);
	if (result == CURLE_OK)
		return ERR_OK;
	return code >= 500 && code < 600 ? ERR_INVALID : ERR_UNAVAIL;
}
