/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/smtp.h"

#include <curl/curl.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/utf8.h"

enum {
	WORD_BYTES = 39, /* in an encoded word, which is 64 characters then: the
			  * line may have 76 (RFC 2047, 2) */
	LINE_BYTES = 54, /* of body in a line: 72 characters coded */
	CONNECT_SECONDS = 15,
	ANSWER_SECONDS = 45,
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
add_coded(struct buf *b, struct str text)
{
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

static void
add_words(struct buf *b, struct str text)
{
	if (is_plain(text))
		buf_add(b, text);
	else
		add_coded(b, text);
}

/* A display name: quoted when plain, without what a quote could end at. */
static void
add_name(struct buf *b, struct str name)
{
	bool quote = is_plain(name) && str_find_byte(name, '"') < 0 &&
	    str_find_byte(name, '\\') < 0;
	if (quote)
		buf_fmt(b, "\"%.*s\"", STR_ARG(name));
	else
		add_coded(b, name);
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
	struct str lf = str_replace(b->arena, text, S("\r\n"), S("\n"));
	struct str crlf = str_replace(b->arena, lf, S("\n"), S("\r\n"));
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
	    str_find_byte(mail->subject, '\r') >= 0 ||
	    !utf8_valid(mail->subject) || !utf8_valid(server->from_name))
		return ERR_INVALID;
	struct buf b = buf_new(a, MESSAGE_BYTES);
	add_date(&b, now_us);
	buf_add(&b, S("From: "));
	if (server->from_name.n > 0) {
		add_name(&b, server->from_name);
		buf_add(&b, S("\r\n "));
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

/* curl asks about once a second, also while it only waits. */
static int
is_late(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const _Atomic int64_t *until_us = arg;
	(void)a;
	(void)b;
	(void)c;
	(void)d;
	return *until_us > 0 && clock_mono_us() > *until_us;
}

static void
set_text(CURL *curl, CURLoption option, struct arena *a, struct str text)
{
	if (text.n > 0)
		curl_easy_setopt(curl, option, str_cstr(a, text));
}

/* Whether the URL's host is this machine, so that nobody listens between. */
static bool
is_loopback(struct str url)
{
	static const char *const hosts[] = {"127.0.0.1", "localhost", "[::1]"};
	ptrdiff_t at = str_find(url, S("://"));
	struct str host = at < 0 ? url : str_sub(url, at + 3, url.n);
	for (ptrdiff_t i = 0; i < COUNT_OF(hosts); i++) {
		struct str rest = str_sub(host, str_c(hosts[i]).n, host.n);
		if (str_starts(host, str_c(hosts[i])) &&
		    (rest.n == 0 || rest.p[0] == ':' || rest.p[0] == '/'))
			return true;
	}
	return false;
}

static long
tls_wanted(const struct smtp_server *server)
{
	bool open_password =
	    server->password.n > 0 && !is_loopback(server->url);
	return open_password ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_TRY;
}

static void
set_options(CURL *curl, struct arena *a, const struct smtp_server *server,
    struct str *message, struct curl_slist *to)
{
	set_text(curl, CURLOPT_URL, a, server->url);
	set_text(curl, CURLOPT_USERNAME, a, server->user);
	set_text(curl, CURLOPT_PASSWORD, a, server->password);
	set_text(curl, CURLOPT_CAINFO, a, server->ca_file);
	set_text(curl, CURLOPT_MAIL_FROM, a,
	    str_fmt(a, "<%.*s>", STR_ARG(server->from)));
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_USE_SSL, tls_wanted(server));
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)TOTAL_SECONDS);
	curl_easy_setopt(
	    curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)ANSWER_SECONDS);
	/* else the goodbye is said at cleanup, for which none of these hold */
	curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_READDATA, message);
	if (server->until_us != NULL) {
		curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
		curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, is_late);
		curl_easy_setopt(curl, CURLOPT_XFERINFODATA,
		    (void *)(uintptr_t)server->until_us);
	}
}

/* RFC 4954, 6: it is we who are not let in, whatever the mail. */
static bool
is_about_us(long code)
{
	return code == 530 || code == 534 || code == 535 || code == 538;
}

/* `given`: the server had the whole message before it spoke. */
static enum err
meaning(CURLcode result, long code, bool given)
{
	bool about_mail = result == CURLE_SEND_ERROR ||
	    (result == CURLE_WEIRD_SERVER_REPLY && given);
	if (result == CURLE_OK)
		return ERR_OK;
	if (about_mail && code >= 500 && code < 600 && !is_about_us(code))
		return ERR_INVALID;
	return about_mail && code >= 400 && code < 500 ? ERR_LIMITED
						       : ERR_UNAVAIL;
}

static enum err
perform(CURL *curl, struct arena *a, const struct smtp_server *server,
    struct str to, struct str message)
{
	long code = 0;
	struct str rest = message;
	struct curl_slist *list = curl_slist_append(
	    NULL, str_cstr(a, str_fmt(a, "<%.*s>", STR_ARG(to))));
	set_options(curl, a, server, &rest, list);
	CURLcode result = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
	curl_slist_free_all(list);
	enum err e = meaning(result, code, rest.n == 0);
	if (e != ERR_OK)
		log_event(LOG_WARN, "smtp",
		    LOG_STR("why", str_c(curl_easy_strerror(result))),
		    LOG_INT("code", code));
	return e;
}

static void
end_curl(void *curl)
{
	curl_easy_cleanup(curl);
}

enum err
smtp_send(struct arena *a, const struct smtp_server *server,
    const struct mail_claim *mail, int64_t now_us)
{
	struct str message;
	struct arena *scratch = arena_scratch(a);
	enum err e = smtp_message(scratch, server, mail, now_us, &message);
	CURL *curl = e == ERR_OK ? curl_easy_init() : NULL;
	if (curl != NULL) {
		arena_defer(scratch, end_curl, curl);
		e = perform(curl, scratch, server, mail->to, message);
	} else if (e == ERR_OK) {
		e = ERR_UNAVAIL;
	}
	arena_close(scratch);
	return e;
}
