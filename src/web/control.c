/* SPDX-License-Identifier: MPL-2.0 */
#include "web/control.h"

#include "web/serve.h"
#include "web/write.h"

struct link_question {
	struct site *site;
	struct arena *arena;
	struct serve_link link;
};

static enum err
make_link(void *arg, struct db *db)
{
	struct link_question *q = arg;
	return serve_link(q->site, db, q->arena, &q->link);
}

struct str
control_answer(void *arg, struct arena *a, struct str question)
{
	struct site *site = arg;
	struct str rest = question;
	struct str word = str_cut(&rest, ' ');
	if (!str_eq(word, S("link")))
		return S("error invalid");
	struct link_question q = {.site = site, .arena = a};
	q.link.mail = rest;
	enum err e = ERR_NOT_FOUND;
	for (ptrdiff_t i = 0; e == ERR_NOT_FOUND && i < site->orgs.n; i++) {
		q.link.org = &site->orgs.list[i];
		e = write_wait(site->lanes, q.link.org->id, a, make_link, &q);
	}
	return e == ERR_OK ? str_cat(a, S("ok "), q.link.url)
			   : str_cat(a, S("error "), str_c(err_name(e)));
}
