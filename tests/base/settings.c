/* SPDX-License-Identifier: MPL-2.0 */
#include "base/settings.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "tests/test.h"

/* Writes `text` to a file of its own with that mode, and reads it. */
static bool
read_conf(struct arena *a, struct settings *s, const char *text, mode_t mode,
    struct str *fault)
{
	struct str dir = test_dir(a);
	const char *path = str_cstr(a, str_cat(a, dir, S("/samskab.conf")));
	FILE *f = fopen(path, "w");
	CHECK(f != NULL);
	fputs(text, f);
	CHECK(fclose(f) == 0);
	CHECK(chmod(path, mode) == 0);
	settings_default(s);
	return settings_file(a, s, path, fault);
}

TEST(the_defaults_are_values_that_could_be_typed)
{
	struct settings s;
	struct str fault;
	settings_default(&s);
	CHECK_STR(s.listen, S("127.0.0.1:8080"));
	CHECK_INT(s.max_streams, 2000);
	CHECK_INT(s.session_idle_minutes, 30);
	CHECK_INT(s.k_anonymity, 5);
	CHECK(!s.trust_forwarded_for);
	CHECK_STR(s.log_level, S("info"));
	for (ptrdiff_t i = 0; i < settings_count; i++) {
		const struct setting *d = &settings_table[i];
		struct str option = str_cat(arena, S("--"), d->name);
		if (d->kind == SETTING_SECRET)
			continue;
		CHECK_INT(settings_option(arena, &s, option,
			      str_cstr(arena, d->value), &fault),
		    2);
		CHECK(d->prose.n > 10);
	}
}

TEST(a_file_is_read)
{
	struct settings s;
	struct str fault;
	CHECK(read_conf(arena, &s,
	    "# samskab\n\n  data = /srv/samskab \r\n"
	    "max_streams=17\ntrust_forwarded_for = true\n"
	    "log_level = debug\nmail_from = Æble <a=b@example.dk>\n"
	    "listen = [::1]:0\nbase_url = https://samskab.fjordby.dk:8443",
	    0644, &fault));
	CHECK_STR(s.data, S("/srv/samskab"));
	CHECK_INT(s.max_streams, 17);
	CHECK(s.trust_forwarded_for);
	CHECK_STR(s.log_level, S("debug"));
	CHECK_STR(s.mail_from, S("Æble <a=b@example.dk>"));
	CHECK_STR(s.listen, S("[::1]:0"));
	CHECK_STR(s.base_url, S("https://samskab.fjordby.dk:8443"));
	CHECK_INT(s.session_hours, 10);
}

TEST(a_file_that_is_not_there_is_empty)
{
	struct settings s;
	struct str fault;
	settings_default(&s);
	CHECK(settings_file(arena, &s, "no/such/file", &fault));
	CHECK_STR(s.listen, S("127.0.0.1:8080"));
}

TEST(mistakes_are_named_with_their_line)
{
	static const char *const bad[][2] = {
	    {"\nfoo = 1\n", ".conf:2: unknown setting foo"},
	    {"data\n", ".conf:1: name = value"},
	    {"threads = many\n", ".conf:1: threads: a whole number"},
	    {"threads = \n", ".conf:1: threads: a whole number"},
	    {"threads = 1.5\n", ".conf:1: threads: a whole number"},
	    {"threads = -1\n", ".conf:1: threads: 0 to 256"},
	    {"# a\nmax_streams = 99999999999\n",
		".conf:2: max_streams: 0 to 60000"},
	    {"session_hours = 25\n", ".conf:1: session_hours: 1 to 24"},
	    {"trust_forwarded_for = yes\n",
		".conf:1: trust_forwarded_for: true or false"},
	    {"log_level = loud\n",
		".conf:1: log_level: one of: debug info warn error"},
	    {"log_level = debug info\n", ".conf:1: log_level: one of"},
	    {"log_level = \n", ".conf:1: log_level: one of"},
	    {"listen = 8080\n", ".conf:1: listen: "},
	    {"listen = localhost:8080\n", ".conf:1: listen: ADDRESS:PORT"},
	    {"listen = 127.0.0.1:65536\n", ".conf:1: listen: ADDRESS:PORT"},
	    {"listen = 127.0.0.1:-1\n", ".conf:1: listen: ADDRESS:PORT"},
	    {"listen = ::1:8080\n", ".conf:1: listen: ADDRESS:PORT"},
	    {"listen = [127.0.0.1]:80\n", ".conf:1: listen: ADDRESS:PORT"},
	    {"base_url = https://x.dk/\n", ".conf:1: base_url: http"},
	    {"base_url = https://x.dk/y\n", ".conf:1: base_url: http"},
	    {"base_url = ftp://example.dk\n", ".conf:1: base_url: http"},
	    {"base_url = javascript:alert(1)\n", ".conf:1: base_url: http"},
	    {"base_url = https://\n", ".conf:1: base_url: "},
	    {"base_url = https://a b\n", ".conf:1: base_url: http"},
	    {"base_url = https://u@x.dk\n", ".conf:1: base_url: http"},
	    {"threads = 1\nthreads = 2\n", ".conf:2: threads stands here"},
	    {"data = \xff\n", ".conf:1: not plain text"},
	    {"data = a\x1b[1m\n", ".conf:1: not plain text"},
	};
	for (ptrdiff_t i = 0; i < COUNT_OF(bad); i++) {
		struct settings s;
		struct str fault = S("");
		CHECK(!read_conf(arena, &s, bad[i][0], 0600, &fault));
		CHECK_HAS(fault, str_c(bad[i][1]));
	}
}

TEST(a_secret_in_a_file_that_all_may_read_is_refused)
{
	static const char *const secret[] = {"smtp_password = hunter2\n",
	    "metrics_token = hunter2\n",
	    "database = postgresql://me:hunter2@db/x\n",
	    "database = postgresql://db/x?user=me&password=hunter2\n"};
	struct settings s;
	struct str fault;
	for (ptrdiff_t i = 0; i < COUNT_OF(secret); i++) {
		CHECK(!read_conf(arena, &s, secret[i], 0644, &fault));
		CHECK_HAS(fault, S("chmod o-rwx"));
		CHECK_LACKS(fault, S("hunter2"));
		CHECK(!read_conf(arena, &s, secret[i], 0602, &fault));
		CHECK(read_conf(arena, &s, secret[i], 0640, &fault));
	}
	CHECK(read_conf(arena, &s, "smtp_password =\n", 0644, &fault));
	CHECK(read_conf(
	    arena, &s, "database = postgresql://me@db/x\n", 0644, &fault));
}

TEST(a_fault_never_shows_a_secret)
{
	struct settings s;
	struct str fault;
	struct buf b = buf_new(arena, 1000);
	buf_add(&b, S("smtp_password = "));
	for (int i = 0; i < 60; i++)
		buf_add(&b, S("hunter2"));
	CHECK(
	    !read_conf(arena, &s, str_cstr(arena, buf_str(&b)), 0600, &fault));
	CHECK_HAS(fault, S("smtp_password: 0 to 256 bytes"));
	CHECK_LACKS(fault, S("hunter2"));
}

TEST(the_environment_comes_after_the_file)
{
	struct settings s;
	struct str fault;
	char data[] = "SAMSKAB_DATA=/x=y", port[] = "SAMSKAB_LISTEN=[::]:9",
	     path[] = "PATH=/bin", other[] = "SAMSKAB_TEST_PG=x",
	     secret[] = "SAMSKAB_SMTP_PASSWORD=hunter2";
	char *env[] = {data, path, port, other, secret, NULL};
	settings_default(&s);
	CHECK(settings_env(arena, &s, env, &fault));
	CHECK_STR(s.data, S("/x=y"));
	CHECK_STR(s.listen, S("[::]:9"));
	CHECK_STR(s.smtp_password, S("hunter2"));
	char wrong[] = "SAMSKAB_THREADS=x";
	char *bad[] = {wrong, NULL};
	CHECK(!settings_env(arena, &s, bad, &fault));
	CHECK_STR(fault, S("SAMSKAB_THREADS: a whole number is expected"));
}

TEST(the_command_line_comes_last)
{
	struct settings s;
	struct str fault;
	settings_default(&s);
	CHECK_INT(
	    settings_option(arena, &s, S("--max-streams"), "9", &fault), 2);
	CHECK_INT(s.max_streams, 9);
	CHECK_INT(
	    settings_option(arena, &s, S("--max_streams=8"), NULL, &fault), 1);
	CHECK_INT(s.max_streams, 8);
	CHECK_INT(settings_option(arena, &s, S("--name"), "x", &fault), 0);
	CHECK_INT(settings_option(arena, &s, S("data"), "x", &fault), 0);
	CHECK_INT(settings_option(arena, &s, S("--threads"), NULL, &fault), -1);
	CHECK_STR(fault, S("--threads: a value is expected"));
	CHECK_INT(settings_option(arena, &s, S("--threads"), "x", &fault), -1);
	CHECK_STR(fault, S("--threads: a whole number is expected"));
	CHECK_INT(settings_option(arena, &s, S("--database"),
		      "postgresql://me@/x?host=/run", &fault),
	    2);
}

TEST(secrets_are_not_taken_from_the_command_line)
{
	struct settings s;
	struct str fault;
	settings_default(&s);
	CHECK_INT(
	    settings_option(arena, &s, S("--smtp-password"), "hunter2", &fault),
	    -1);
	CHECK_HAS(fault, S("a secret"));
	CHECK_LACKS(fault, S("hunter2"));
	CHECK_INT(settings_option(arena, &s, S("--database"),
		      "postgresql://me:hunter2@db/x", &fault),
	    -1);
	CHECK_LACKS(fault, S("hunter2"));
	CHECK_INT(s.database.n + s.smtp_password.n, 0);
}

TEST(an_address_is_taken_apart)
{
	struct str address;
	int port;
	CHECK(settings_listen(S("127.0.0.1:8080"), &address, &port));
	CHECK_STR(address, S("127.0.0.1"));
	CHECK_INT(port, 8080);
	CHECK(settings_listen(S("[2001:db8::1]:443"), &address, &port));
	CHECK_STR(address, S("2001:db8::1"));
	CHECK_INT(port, 443);
	CHECK(!settings_listen(S(""), &address, &port));
	CHECK(!settings_listen(S(":80"), &address, &port));
	CHECK(!settings_listen(S("[]:80"), &address, &port));
	CHECK(!settings_listen(S("[::\0001]:80"), &address, &port));
}
