/* SPDX-License-Identifier: MPL-2.0 */
#include "web/control.h"

#include "model/person.h"
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

static struct str
answer_link(struct site *site, struct arena *a, struct str mail)
{
	struct link_question q = {.site = site, .arena = a};
	q.link.mail = mail;
	enum err e = ERR_NOT_FOUND;
	for (ptrdiff_t i = 0; e == ERR_NOT_FOUND && i < site->orgs.n; i++) {
		q.link.org = &site->orgs.list[i];
		e = write_wait(site->lanes, q.link.org->id, a, make_link, &q);
	}
	return e == ERR_OK ? str_cat(a, S("ok "), q.link.url)
			   : str_cat(a, S("error "), str_c(err_name(e)));
}

/* ---- somebody fetches everything about a person ---- */

struct person_question {
	struct site *site;
	struct arena *arena;
	struct id org, network, person;
	struct str reason;
};

static enum err
note_person(void *arg, struct db *db)
{
	const struct person_question *q = arg;
	struct actor program =
	    actor_program(q->org, &q->site->keys, clock_now_us());
	struct actor in = actor_inside(&program, q->network);
	return access_add(db, &in, S("dossier"), q->reason, q->person, 1);
}

static struct str
answer_person(struct site *site, struct arena *a, struct str rest)
{
	struct person_question q = {.site = site};
	if (!id_parse(str_cut(&rest, ' '), &q.org) ||
	    !id_parse(str_cut(&rest, ' '), &q.network) ||
	    !id_parse(str_cut(&rest, ' '), &q.person) || rest.n == 0)
		return S("error invalid");
	q.reason = rest;
	enum err e = write_wait(site->lanes, q.org, a, note_person, &q);
	return e == ERR_OK ? S("ok")
			   : str_cat(a, S("error "), str_c(err_name(e)));
}

/* ---- somebody takes a whole network out ---- */

static enum err
note_network(void *arg, struct db *db)
{
	const struct person_question *q = arg;
	struct actor program =
	    actor_program(q->org, &q->site->keys, clock_now_us());
	struct actor in = actor_inside(&program, q->network);
	return access_network(db, q->arena, &in, q->reason);
}

static struct str
answer_network(struct site *site, struct arena *a, struct str rest)
{
	struct person_question q = {.site = site, .arena = a};
	if (!id_parse(str_cut(&rest, ' '), &q.org) ||
	    !id_parse(str_cut(&rest, ' '), &q.network) || rest.n == 0)
		return S("error invalid");
	q.reason = rest;
	enum err e = write_wait(site->lanes, q.org, a, note_network, &q);
	return e == ERR_OK ? S("ok")
			   : str_cat(a, S("error "), str_c(err_name(e)));
}

struct str
control_answer(void *arg, struct arena *a, struct str question)
{
	struct str rest = question;
	struct str word = str_cut(&rest, ' ');
	if (str_eq(word, S("link")))
		return answer_link(arg, a, rest);
	if (str_eq(word, S("person")))
		return answer_person(arg, a, rest);
	if (str_eq(word, S("network")))
		return answer_network(arg, a, rest);
	return S("error invalid");
}
