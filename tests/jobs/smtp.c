/* SPDX-License-Identifier: MPL-2.0 */
#include "jobs/smtp.c"

#include <stdlib.h>

#include "tests/jobs/rig.h"

#define AT_US (INT64_C(1795507200) * SECOND_US)

static const char LETTER[] =
    "Kære Åse Øst\n"
    "\n"
    ".en linje der begynder med et punktum\n"
    "..to\n"
    ".\n"
    "From en linje som en postkasse kunne tage fejl af\n"
    "=C3=A6 er ikke kodet, og her er blanke til sidst  \n"
    "Blåbærgrød på æblekage: «æøåÆØÅ» – “10 €” 🙂\n";

static struct mail_claim
letter(struct arena *a)
{
	struct buf b = buf_new(a, 64 * 1024);
	buf_add(&b, str_c(LETTER));
	for (int i = 0; i < 200; i++)
		buf_add(&b, S("ét meget langt ord uden linjeskift åå "));
	buf_byte(&b, '\n');
	return (struct mail_claim){
	    .id = id_new(AT_US),
	    .to = S("aase@fjordby.example"),
	    .subject = S("Møde på Ærø: æøå og en meget lang overskrift, der "
			 "ikke kan stå på én linje i et brevhoved, ÅÅÅÅÅÅÅÅ"),
	    .body = buf_str(&b),
	};
}

static struct smtp_server
server_at(struct str url)
{
	return (struct smtp_server){
	    .url = url,
	    .from = S("samskab@fjordby.example"),
	    .from_name = S("Fjordby Kommune, Børn & Unge"),
	};
}

TEST(smtp_mail_arrives_as_it_was_written)
{
	struct sink sink;
	struct mail_claim mail = letter(arena);
	sink_start(&sink, arena, NULL);
	struct smtp_server server = server_at(sink.url);
	CHECK_OK(smtp_send(arena, &server, &mail, AT_US));
	CHECK(sink_has(&sink, 1));
	CHECK_STR(sink_part(&sink, 1, "subject"), mail.subject);
	CHECK_STR(sink_part(&sink, 1, "body"), mail.body);
	CHECK_STR(sink_part(&sink, 1, "to"), mail.to);
	CHECK_HAS(sink_part(&sink, 1, "from"), S("<samskab@fjordby.example>"));
	CHECK_HAS(sink_part(&sink, 1, "from"), S("Børn & Unge"));
	CHECK_STR(sink_part(&sink, 1, "id"),
	    str_fmt(arena, "<%.*s@fjordby.example>",
		STR_ARG(id_text(arena, mail.id))));
	struct str headers = sink_part(&sink, 1, "headers");
	CHECK_HAS(headers, S("Date: Tue, 24 Nov 2026 08:00:00 +0000"));
	CHECK_HAS(headers, S("Auto-Submitted: auto-generated"));
}

TEST(smtp_plain_subject_and_name_stay_readable)
{
	struct str m;
	struct mail_claim mail = {.id = id_new(AT_US),
	    .to = S("a@b.dk"),
	    .subject = S("Your link"),
	    .body = S("x")};
	struct smtp_server server = {
	    .from = S("s@f.dk"), .from_name = S("Fjordby")};
	CHECK_OK(smtp_message(arena, &server, &mail, AT_US, &m));
	CHECK_HAS(m, S("\r\nSubject: Your link\r\n"));
	CHECK_HAS(m, S("\r\nFrom: \"Fjordby\"\r\n <s@f.dk>\r\n"));
	server.from_name = S("Fjord \"by\" <x@y.dk>, z");
	CHECK_OK(smtp_message(arena, &server, &mail, AT_US, &m));
	CHECK_LACKS(m, S("x@y.dk"));
	CHECK_HAS(m,
	    S("\r\nFrom: "
	      "=?UTF-8?B?RmpvcmQgImJ5IiA8eEB5LmRrPiwgeg==?=\r\n <s@f.dk>"));
}

/* RFC 5322, 2.1.1: no line over 998 characters, 78 is better; RFC 2047, 2: no
 * encoded word over 75. */
TEST(smtp_lines_are_short_and_seven_bits)
{
	struct str m;
	struct mail_claim mail = letter(arena);
	struct smtp_server server = server_at(S(""));
	CHECK_OK(smtp_message(arena, &server, &mail, AT_US, &m));
	for (ptrdiff_t i = 0; i < m.n; i++)
		CHECK((unsigned char)m.p[i] < 0x80);
	while (m.n > 0) {
		struct str line = str_cut(&m, '\n');
		CHECK(str_ends(line, S("\r")));
		CHECK_MAX(line.n, 77); /* with its CR */
		CHECK_LACKS(str_sub(line, 0, line.n - 1), S("\r"));
	}
}

TEST(smtp_message_refuses_what_would_add_headers_or_recipients)
{
	static const char *const bad_to[] = {"a@b.dk\r\nBcc: c@d.dk",
	    "a@b.dk,c@d.dk", "a@b.dk>, <c@d.dk", "", "a", "a@b", "a b@c.dk",
	    "\"a\"@b.dk", "a@b.dk\n"};
	static const char *const bad_subject[] = {
	    "x\r\nBcc: c@d.dk", "x\ny", "x\ry"};
	struct str m;
	struct smtp_server server = server_at(S(""));
	struct mail_claim mail = letter(arena);
	for (ptrdiff_t i = 0; i < COUNT_OF(bad_to); i++) {
		mail.to = str_c(bad_to[i]);
		CHECK_INT(smtp_message(arena, &server, &mail, AT_US, &m),
		    ERR_INVALID);
	}
	mail = letter(arena);
	for (ptrdiff_t i = 0; i < COUNT_OF(bad_subject); i++) {
		mail.subject = str_c(bad_subject[i]);
		CHECK_INT(smtp_message(arena, &server, &mail, AT_US, &m),
		    ERR_INVALID);
	}
	/* the control: as it was, it is fine */
	mail = letter(arena);
	CHECK_OK(smtp_message(arena, &server, &mail, AT_US, &m));
}

/* It has no place where an encoded word could end. */
TEST(smtp_message_refuses_what_is_no_text)
{
	struct str m, halves = {arena_new(arena, char, 100), 100};
	struct smtp_server server = server_at(S(""));
	struct mail_claim mail = letter(arena);
	memset((char *)halves.p, 0x88, 100);
	server.from_name = halves;
	CHECK_INT(smtp_message(arena, &server, &mail, AT_US, &m), ERR_INVALID);
	server = server_at(S(""));
	mail.subject = halves;
	CHECK_INT(smtp_message(arena, &server, &mail, AT_US, &m), ERR_INVALID);
}

TEST(smtp_tells_never_from_not_now)
{
	static const struct {
		const char *mode;
		enum err want;
	} cases[] = {
	    {"later", ERR_LIMITED},
	    {"refuse", ERR_INVALID},
	    {"later_data", ERR_LIMITED},
	    {"refuse_data", ERR_INVALID},
	    {"drop", ERR_UNAVAIL},
	    {"ok", ERR_OK},
	};
	struct sink sink;
	sink_start(&sink, arena, NULL);
	struct smtp_server server = server_at(sink.url);
	struct mail_claim mail = letter(arena);
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++) {
		sink_mode(&sink, cases[i].mode);
		CHECK_INT(
		    smtp_send(arena, &server, &mail, AT_US), cases[i].want);
	}
	server.url = S("smtp://127.0.0.1:1");
	CHECK_INT(smtp_send(arena, &server, &mail, AT_US), ERR_UNAVAIL);
	server.url = S("http://127.0.0.1:1");
	CHECK_INT(smtp_send(arena, &server, &mail, AT_US), ERR_UNAVAIL);
}

TEST(smtp_waits_no_longer_than_told)
{
	struct sink sink;
	sink_start(&sink, arena, NULL);
	sink_mode(&sink, "hang");
	_Atomic int64_t until_us = clock_mono_us() + SECOND_US;
	struct smtp_server server = server_at(sink.url);
	struct mail_claim mail = letter(arena);
	server.until_us = &until_us;
	int64_t from_us = clock_mono_us();
	CHECK_INT(smtp_send(arena, &server, &mail, AT_US), ERR_UNAVAIL);
	CHECK_MAX(clock_mono_us() - from_us, 4 * SECOND_US);
}

TEST(smtp_signs_in_with_the_password)
{
	static const char *const options[] = {
	    "--password", "fjordby", "hemmelig", NULL};
	struct sink sink;
	sink_start(&sink, arena, options);
	struct smtp_server server = server_at(sink.url);
	struct mail_claim mail = letter(arena);
	CHECK_INT(smtp_send(arena, &server, &mail, AT_US), ERR_UNAVAIL);
	server.user = S("fjordby");
	server.password = S("forkert");
	CHECK_INT(smtp_send(arena, &server, &mail, AT_US), ERR_UNAVAIL);
	server.password = S("hemmelig");
	CHECK_OK(smtp_send(arena, &server, &mail, AT_US));
	CHECK_INT(sink_count(&sink), 1);
}

TEST(smtp_password_leaves_the_machine_through_tls_only)
{
	static const struct {
		const char *url;
		bool here;
	} cases[] = {
	    {"smtp://127.0.0.1:25", true},
	    {"smtp://localhost", true},
	    {"smtps://[::1]:465/x", true},
	    {"smtp://localhost.example:25", false},
	    {"smtp://127.0.0.1.example", false},
	    {"smtp://u@mail.fjordby.example", false},
	    {"smtp://mail.fjordby.example:587", false},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(cases); i++)
		CHECK_INT(is_loopback(str_c(cases[i].url)), cases[i].here);
	struct smtp_server server = server_at(S("smtp://mail.example"));
	CHECK_INT(tls_wanted(&server), CURLUSESSL_TRY);
	server.password = S("hemmelig");
	CHECK_INT(tls_wanted(&server), CURLUSESSL_ALL);
}

static struct str
make_certificate(struct arena *a)
{
	struct str dir = test_dir(a);
	struct str command = str_fmt(a,
	    "cd %.*s && openssl req -x509 -newkey rsa:2048 -nodes -days 2"
	    " -keyout key -out cert -subj /CN=127.0.0.1"
	    " -addext subjectAltName=IP:127.0.0.1 2>/dev/null",
	    STR_ARG(dir));
	if (system(str_cstr(a, command)) != 0)
		test_skip("openssl is not installed");
	return dir;
}

TEST(smtp_uses_tls_where_it_is_offered_and_checks_who_it_is)
{
	struct sink sink;
	struct str dir = make_certificate(arena);
	struct str cert = str_cat(arena, dir, S("/cert"));
	const char *options[] = {"--tls", str_cstr(arena, cert),
	    str_cstr(arena, str_cat(arena, dir, S("/key"))), NULL};
	sink_start(&sink, arena, options);
	struct smtp_server server = server_at(sink.url);
	struct mail_claim mail = letter(arena);
	CHECK_INT(smtp_send(arena, &server, &mail, AT_US), ERR_UNAVAIL);
	CHECK_INT(sink_count(&sink), 0);
	server.ca_file = cert;
	CHECK_OK(smtp_send(arena, &server, &mail, AT_US));
	CHECK_STR(sink_part(&sink, 1, "secure"), S("yes"));
}
