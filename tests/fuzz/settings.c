/* SPDX-License-Identifier: MPL-2.0 */

/* samskab.conf: what is read and written down again is read the same; file,
 * environment and command line judge a value alike; a fault never says a
 * secret. */
#include "base/settings.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/fuzz.h"

enum { WRITTEN_BYTES = 1024 * 1024, SECRET_MAX = 256 };

static void
close_fd(void *fd)
{
	close((int)(intptr_t)fd);
}

/* A file that only we may open, as samskab.conf is. */
static bool
read_conf(
    struct arena *a, struct str text, struct settings *s, struct str *fault)
{
	char path[64];
	int fd = memfd_create("conf", MFD_CLOEXEC);
	MUST(fd >= 0 && fchmod(fd, 0600) == 0);
	arena_defer(a, close_fd, (void *)(intptr_t)fd);
	MUST(write(fd, text.p, (size_t)text.n) == text.n);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	settings_default(s);
	return settings_file(a, s, path, fault);
}

static const void *
member(const struct settings *s, const struct setting *def)
{
	return (const char *)s + def->offset;
}

static struct str
value_text(struct arena *a, const struct settings *s, const struct setting *def)
{
	const void *at = member(s, def);
	if (def->kind == SETTING_BOOL)
		return *(const bool *)at ? S("true") : S("false");
	if (def->kind == SETTING_INT)
		return str_fmt(a, "%" PRId64, *(const int64_t *)at);
	return *(const struct str *)at;
}

static struct str
written(struct arena *a, const struct settings *s)
{
	struct buf b = buf_new(a, WRITTEN_BYTES);
	for (ptrdiff_t i = 0; i < settings_count; i++) {
		buf_add(&b, settings_table[i].name);
		buf_add(&b, S(" = "));
		buf_add(&b, value_text(a, s, &settings_table[i]));
		buf_byte(&b, '\n');
	}
	MUST(!b.full);
	return buf_str(&b);
}

static void
check_same(struct arena *a, const struct settings *x, const struct settings *y)
{
	for (ptrdiff_t i = 0; i < settings_count; i++) {
		const struct setting *def = &settings_table[i];
		MUST(str_eq(value_text(a, x, def), value_text(a, y, def)));
	}
}

static void
check_file(struct arena *a, struct str text)
{
	struct settings s, again;
	struct str fault;
	if (!read_conf(a, text, &s, &fault)) {
		MUST(fault.n > 0);
		return;
	}
	MUST(read_conf(a, written(a, &s), &again, &fault));
	check_same(a, &s, &again);
}

/* One "name = value" by three roads.  What only the file takes, a secret, and
 * what no command line can hold, a NUL, are left out. */
static void
check_roads(struct arena *a, struct str line)
{
	struct settings file, env, option;
	struct str fault, value = line;
	struct str name = str_trim(str_cut(&value, '='));
	value = str_trim(value);
	char *variable = (char *)str_cstr(
	    a, str_fmt(a, "SAMSKAB_%.*s=%.*s", STR_ARG(name), STR_ARG(value)));
	char *const list[] = {variable, NULL};
	struct str given =
	    str_fmt(a, "--%.*s=%.*s", STR_ARG(name), STR_ARG(value));
	settings_default(&env);
	settings_default(&option);
	int taken = settings_option(a, &option, given, NULL, &fault);
	if (taken == 0 || str_find_byte(line, '=') < 0 ||
	    str_find(fault, S("secret")) >= 0 || str_find_byte(line, 0) >= 0 ||
	    str_find_byte(line, '\n') >= 0)
		return;
	bool ok = read_conf(a, line, &file, &fault);
	MUST(ok == (taken == 1));
	MUST(ok == settings_env(a, &env, list, &fault));
	if (!ok)
		return;
	check_same(a, &file, &env);
	check_same(a, &file, &option);
}

static void
check_secret(struct arena *a, struct str value)
{
	struct settings s;
	struct str fault, trimmed;
	value = str_cut(&value, '\n');
	trimmed = str_trim(value);
	bool ok =
	    read_conf(a, str_cat(a, S("smtp_password = "), value), &s, &fault);
	MUST(!ok || str_eq(s.smtp_password, trimmed));
	MUST(ok || trimmed.n <= SECRET_MAX || str_find(fault, trimmed) < 0);
}

static void
check_listen(struct arena *a, struct str value)
{
	struct str host;
	int port;
	if (!settings_listen(value, &host, &port))
		return;
	MUST(port >= 0 && port <= 65535 && host.n > 0);
	bool six = str_find_byte(host, ':') >= 0;
	struct str again =
	    str_fmt(a, six ? "[%.*s]:%d" : "%.*s:%d", STR_ARG(host), port);
	struct str host_again;
	int port_again;
	MUST(settings_listen(again, &host_again, &port_again));
	MUST(str_eq(host, host_again) && port == port_again);
}

FUZZ(input)
{
	struct str rest = input, first = str_cut(&rest, '\n');
	check_file(arena, input);
	check_roads(arena, first);
	check_secret(arena, input);
	check_listen(arena, input);
}
