/* SPDX-License-Identifier: MPL-2.0 */
#include "base/settings.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/utf8.h"

enum { CONF_BYTES = 256 * 1024 };

const struct setting settings_table[] = {
#define SETTING(kind, name, value, low, high, unit, prose)        \
	{SETTING_##kind, S_INIT(#name), S_INIT(value), low, high, \
	    S_INIT(unit), S_INIT(prose), offsetof(struct settings, name)},
#include "settings.def"
#undef SETTING
};
const ptrdiff_t settings_count = COUNT_OF(settings_table);

/* With - for _, and either case: as the command line and the environment
 * write it. */
static bool
same_name(struct str name, struct str typed)
{
	if (name.n != typed.n)
		return false;
	for (ptrdiff_t i = 0; i < name.n; i++) {
		char c = typed.p[i] == '-' ? '_' : typed.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c + ('a' - 'A'));
		if (c != name.p[i])
			return false;
	}
	return true;
}

static const struct setting *
find(struct str typed)
{
	for (ptrdiff_t i = 0; i < settings_count; i++) {
		if (same_name(settings_table[i].name, typed))
			return &settings_table[i];
	}
	return NULL;
}

bool
settings_listen(struct str value, struct str *address, int *port)
{
	char text[INET6_ADDRSTRLEN];
	struct in6_addr six;
	struct in_addr four;
	int64_t number;
	ptrdiff_t colon = value.n - 1;
	while (colon >= 0 && value.p[colon] != ':')
		colon--;
	if (colon < 0 ||
	    !str_int(str_sub(value, colon + 1, value.n), &number) ||
	    number < 0 || number > 65535 || value.p[colon + 1] == '-')
		return false;
	struct str host = str_sub(value, 0, colon);
	bool brackets = str_starts(host, S("[")) && str_ends(host, S("]"));
	if (brackets)
		host = str_sub(host, 1, host.n - 1);
	if (host.n == 0 || host.n >= (ptrdiff_t)sizeof text ||
	    str_find_byte(host, 0) >= 0)
		return false;
	memcpy(text, host.p, (size_t)host.n);
	text[host.n] = 0;
	if (brackets ? inet_pton(AF_INET6, text, &six) != 1
		     : inet_pton(AF_INET, text, &four) != 1)
		return false;
	*address = host;
	*port = (int)number;
	return true;
}

static bool
is_url(struct str s)
{
	struct str host = {0};
	if (str_starts(s, S("https://")))
		host = str_sub(s, 8, s.n);
	else if (str_starts(s, S("http://")))
		host = str_sub(s, 7, s.n);
	for (ptrdiff_t i = 0; i < host.n; i++) {
		unsigned char c = (unsigned char)host.p[i];
		if (c <= 0x20 || c >= 0x7f || strchr("\"<>\\^`{|}?#@/", c))
			return false;
	}
	return host.n > 0;
}

static bool
is_word(struct str words, struct str s)
{
	while (words.n > 0) {
		if (str_eq(str_cut(&words, ' '), s))
			return true;
	}
	return false;
}

/* What is wrong with the value; "" when it is fine. */
static struct str
text_fault(struct arena *a, const struct setting *def, struct str value)
{
	struct str address;
	int port;
	if (value.n < def->low || (value.n > def->high && def->high > 0))
		return str_fmt(a, "%" PRId64 " to %" PRId64 " bytes, not %td",
		    def->low, def->high, value.n);
	if (!utf8_valid(value) || str_find_byte(value, '\n') >= 0)
		return S("not plain text");
	if (def->kind == SETTING_WORD && !is_word(def->unit, value))
		return str_fmt(a, "one of: %.*s", STR_ARG(def->unit));
	if (def->kind == SETTING_LISTEN &&
	    !settings_listen(value, &address, &port))
		return S("ADDRESS:PORT, such as 127.0.0.1:8080 or [::1]:8080");
	if (def->kind == SETTING_URL && !is_url(value))
		return S(
		    "http:// or https:// and a host, and nothing after it");
	return (struct str){0};
}

static struct str
set(struct arena *a, struct settings *s, const struct setting *def,
    struct str value)
{
	void *member = (char *)s + def->offset;
	int64_t number;
	if (def->kind == SETTING_INT) {
		if (!str_int(value, &number))
			return S("a whole number is expected");
		if (number < def->low || number > def->high)
			return str_fmt(
			    a, "%" PRId64 " to %" PRId64, def->low, def->high);
		*(int64_t *)member = number;
		return (struct str){0};
	}
	if (def->kind == SETTING_BOOL) {
		bool yes = str_eq(value, S("true"));
		if (!yes && !str_eq(value, S("false")))
			return S("true or false");
		*(bool *)member = yes;
		return (struct str){0};
	}
	struct str fault = text_fault(a, def, value);
	if (fault.n == 0)
		*(struct str *)member = str_dup(a, value);
	return fault;
}

void
settings_default(struct settings *s)
{
	*s = (struct settings){0};
	for (ptrdiff_t i = 0; i < settings_count; i++) {
		const struct setting *def = &settings_table[i];
		void *member = (char *)s + def->offset;
		int64_t number = 0;
		if (def->kind == SETTING_BOOL) {
			*(bool *)member = str_eq(def->value, S("true"));
		} else if (def->kind == SETTING_INT) {
			bool ok = str_int(def->value, &number);
			assert(ok);
			*(int64_t *)member = number;
		} else {
			*(struct str *)member = def->value;
		}
	}
}

/* Whether nobody else may see the value. */
static bool
is_secret(const struct setting *def, struct str value)
{
	if (def->kind != SETTING_DATABASE)
		return def->kind == SETTING_SECRET && value.n > 0;
	struct str user = str_sub(value, str_find(value, S("//")) + 2, value.n);
	user = str_sub(user, 0, str_find_byte(user, '@'));
	return str_find_byte(user, ':') >= 0 ||
	    str_find(value, S("password=")) >= 0;
}

/* ---- samskab.conf ---------------------------------------------------- */

struct conf {
	struct arena *arena;
	struct settings *settings;
	const char *path;
	int line;
	bool seen[COUNT_OF(settings_table)];
	bool has_secret;
};

static struct str
at_line(const struct conf *c, struct str why)
{
	return str_fmt(c->arena, "%s:%d: %.*s", c->path, c->line, STR_ARG(why));
}

/* The fault of one line, "" when there is none. */
static struct str
read_line(struct conf *c, struct str line)
{
	line = str_trim(line);
	if (line.n == 0 || line.p[0] == '#')
		return (struct str){0};
	if (!utf8_valid(line))
		return at_line(c, S("not plain text"));
	if (str_find_byte(line, '=') < 0)
		return at_line(c, S("name = value is expected"));
	struct str name = str_trim(str_cut(&line, '='));
	struct str value = str_trim(line);
	const struct setting *def = find(name);
	if (def == NULL)
		return at_line(c,
		    str_fmt(c->arena, "unknown setting %.*s", STR_ARG(name)));
	if (c->seen[def - settings_table])
		return at_line(c,
		    str_fmt(c->arena, "%.*s stands here twice", STR_ARG(name)));
	c->seen[def - settings_table] = true;
	if (is_secret(def, value))
		c->has_secret = true;
	struct str fault = set(c->arena, c->settings, def, value);
	if (fault.n == 0)
		return fault;
	return at_line(c,
	    str_fmt(
		c->arena, "%.*s: %.*s", STR_ARG(def->name), STR_ARG(fault)));
}

static struct str
read_text(struct arena *a, FILE *f, struct str path, struct str *fault)
{
	char part[4096];
	struct buf b = buf_new(a, CONF_BYTES);
	size_t n;
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		buf_add(&b, (struct str){part, (ptrdiff_t)n});
	if (ferror(f))
		*fault = str_fmt(a, "%.*s: cannot be read", STR_ARG(path));
	else if (b.full)
		*fault = str_fmt(
		    a, "%.*s: larger than %d bytes", STR_ARG(path), CONF_BYTES);
	return buf_str(&b);
}

bool
settings_file(
    struct arena *a, struct settings *s, const char *path, struct str *fault)
{
	struct conf c = {.arena = a, .settings = s, .path = path};
	*fault = (struct str){0};
	FILE *f = fopen(path, "r");
	if (f == NULL && errno == ENOENT)
		return true;
	if (f == NULL) {
		*fault = str_fmt(a, "%s: cannot be opened", path);
		return false;
	}
	struct stat st = {0};
	bool known = fstat(fileno(f), &st) == 0;
	struct str rest = read_text(a, f, str_c(path), fault);
	fclose(f);
	while (fault->n == 0 && rest.n > 0) {
		c.line++;
		*fault = read_line(&c, str_cut(&rest, '\n'));
	}
	if (fault->n == 0 && c.has_secret &&
	    (!known || (st.st_mode & S_IRWXO) != 0))
		*fault = str_fmt(a,
		    "%s: it holds a secret and other users may open it; "
		    "chmod o-rwx %s",
		    path, path);
	return fault->n == 0;
}

/* ---- the environment and the command line ----------------------------- */

bool
settings_env(
    struct arena *a, struct settings *s, char *const *env, struct str *fault)
{
	*fault = (struct str){0};
	for (; *env != NULL; env++) {
		struct str value = str_c(*env);
		struct str variable = str_cut(&value, '=');
		if (!str_starts(variable, S("SAMSKAB_")))
			continue;
		const struct setting *def =
		    find(str_sub(variable, 8, variable.n));
		if (def == NULL)
			continue;
		struct str why = set(a, s, def, value);
		if (why.n > 0) {
			*fault = str_fmt(
			    a, "%.*s: %.*s", STR_ARG(variable), STR_ARG(why));
			return false;
		}
	}
	return true;
}

int
settings_option(struct arena *a, struct settings *s, struct str option,
    const char *next, struct str *fault)
{
	*fault = (struct str){0};
	if (!str_starts(option, S("--")))
		return 0;
	struct str value = str_sub(option, 2, option.n);
	bool joined = str_find_byte(value, '=') >= 0;
	struct str name = str_cut(&value, '=');
	const struct setting *def = find(name);
	if (def == NULL)
		return 0;
	if (!joined)
		value = str_c(next);
	struct str why = {0};
	if (!joined && next == NULL)
		why = S("a value is expected");
	else if (is_secret(def, value))
		why =
		    S("a secret: put it into samskab.conf or the environment");
	else
		why = set(a, s, def, value);
	if (why.n == 0)
		return joined ? 1 : 2;
	*fault = str_fmt(a, "--%.*s: %.*s", STR_ARG(name), STR_ARG(why));
	return -1;
}
