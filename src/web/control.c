/* SPDX-License-Identifier: MPL-2.0 */
#include "web/control.h"

#include "base/buf.h"
#include "web/serve.h"
#include "web/write.h"

struct link_question {
	struct site *site;
	struct arena *arena;
	struct str mail, url;
};

static enum err
make_link(void *arg, struct db *db)
{
	struct link_question *q = arg;
	return serve_link(
	    q->site, db, q->arena, clock_now_us(), q->mail, &q->url);
}

struct str
control_answer(void *arg, struct arena *a, struct str question)
{
	struct site *site = arg;
	struct str rest = question;
	struct str word = str_cut(&rest, ' ');
	if (!str_eq(word, S("link")) || site->orgs.n == 0)
		return S("error invalid");
	struct link_question q = {.site = site, .arena = a, .mail = rest};
	enum err e =
	    write_wait(site->lanes, site->orgs.list[0].id, a, make_link, &q);
	return e == ERR_OK ? str_cat(a, S("ok "), q.url)
			   : str_cat(a, S("error "), str_c(err_name(e)));
}
