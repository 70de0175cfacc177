/* SPDX-License-Identifier: MPL-2.0 */

/* The files in packaging/ are right as the tools that read them see it.  Each
 * check has its control: the same file made worse, which must be refused. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/test.h"

static const char *
in(struct arena *a, struct str dir, const char *name)
{
	return str_cstr(a, str_cat(a, dir, str_c(name)));
}

static const char *
put(struct arena *a, struct str dir, const char *name, struct str text)
{
	const char *path = in(a, dir, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	CHECK(fd >= 0);
	CHECK_INT(write(fd, text.p, (size_t)text.n), text.n);
	close(fd);
	return path;
}

static bool
runs(struct arena *a, struct str command)
{
	return system(str_cstr(
		   a, str_cat(a, command, S(" >/dev/null 2>&1")))) == 0;
}

/* ---- systemd ---- */

static bool
is_tight(struct arena *a, const char *unit)
{
	return runs(a,
	    str_fmt(a,
		"systemd-analyze security --offline=true --threshold=15 %s",
		unit));
}

TEST(packaging_service_is_shut_in)
{
	if (!runs(arena, S("systemd-analyze --version")))
		test_skip("systemd-analyze is not installed");
	struct str text = test_file(arena, "packaging/samskab.service");
	struct str dir = test_dir(arena);
	CHECK(is_tight(arena, "packaging/samskab.service"));
	struct str looser =
	    str_replace(arena, text, S("CapabilityBoundingSet=\n"), S(""));
	CHECK(looser.n < text.n);
	CHECK(!is_tight(arena, put(arena, dir, "/samskab.service", looser)));
}

/* systemd ignores a line that it does not know, so the score alone would not
 * show a slip of the pen. */
TEST(packaging_service_has_no_unknown_lines)
{
	if (!runs(arena, S("systemd-analyze --version")))
		test_skip("systemd-analyze is not installed");
	static const char *const shell =
	    "test -z \"$(systemd-analyze verify --man=no %s 2>&1"
	    " | grep -iE 'unknown|invalid|failed to parse')\"";
	struct str text = test_file(arena, "packaging/samskab.service");
	struct str dir = test_dir(arena);
	const char *path = put(arena, dir, "/samskab.service",
	    str_replace(
		arena, text, S("/usr/bin/samskab serve"), S("/bin/true")));
	CHECK(system(str_cstr(arena, str_fmt(arena, shell, path))) == 0);
	path = put(arena, dir, "/samskab.service",
	    str_replace(arena, text, S("ProtectHome="), S("ProtctHome=")));
	CHECK(system(str_cstr(arena, str_fmt(arena, shell, path))) != 0);
}

/* ---- nginx ---- */

static struct str
certificate(struct arena *a)
{
	struct str dir = test_dir(a);
	if (!runs(a,
		str_fmt(a,
		    "cd %.*s && openssl req -x509 -newkey rsa:2048 -nodes"
		    " -days 2 -keyout privkey.pem -out fullchain.pem"
		    " -subj /CN=samskab.example",
		    STR_ARG(dir))))
		test_skip("openssl is not installed");
	return dir;
}

/* The site with the folder's certificate and log, inside a whole nginx.conf
 * that touches nothing of this machine's. */
static bool
nginx_takes(struct arena *a, struct str dir, struct str site)
{
	site = str_replace(a, site, S("/etc/samskab/tls"), dir);
	site = str_replace(a, site, S("/var/log/nginx"), dir);
	const char *part = put(a, dir, "/site.conf", site);
	struct buf b = buf_new(a, 64 * 1024);
	buf_fmt(&b, "pid %.*s/pid;\nevents {}\nhttp {\naccess_log off;\n",
	    STR_ARG(dir));
	static const char *const temp[] = {
	    "client_body", "proxy", "fastcgi", "uwsgi", "scgi"};
	for (ptrdiff_t i = 0; i < COUNT_OF(temp); i++)
		buf_fmt(&b, "%s_temp_path %.*s/%s;\n", temp[i], STR_ARG(dir),
		    temp[i]);
	buf_fmt(&b, "include %s;\n}\n", part);
	const char *whole = put(a, dir, "/nginx.conf", buf_str(&b));
	return runs(a,
	    str_fmt(a, "PATH=$PATH:/usr/sbin nginx -t -e %.*s/log -c %s",
		STR_ARG(dir), whole));
}

TEST(packaging_nginx_configuration_is_taken)
{
	if (!runs(arena, S("PATH=$PATH:/usr/sbin nginx -v")))
		test_skip("nginx is not installed");
	struct str site = test_file(arena, "packaging/nginx.conf");
	struct str dir = certificate(arena);
	CHECK(nginx_takes(arena, dir, site));
	CHECK(!nginx_takes(arena, dir,
	    str_replace(arena, site, S("gzip off;"), S("gzip of;"))));
}

/* What a later hand might undo by mistake. */
TEST(packaging_nginx_keeps_secrets_and_addresses_right)
{
	struct str site = test_file(arena, "packaging/nginx.conf");
	CHECK_HAS(site, S("access_log off;"));
	CHECK_HAS(site, S("gzip off;"));
	CHECK_LACKS(site, S("gzip on"));
	CHECK_HAS(site, S("proxy_set_header X-Forwarded-For $remote_addr;"));
	CHECK_LACKS(site, S("$proxy_add_x_forwarded_for"));
	CHECK_LACKS(site, S("add_header"));
	CHECK_HAS(site, S("proxy_buffering off;"));
}
