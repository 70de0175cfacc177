/* SPDX-License-Identifier: MPL-2.0 */

/* A citizen's recordings and pictures: heard and seen before they are used,
 * and stopped with one press, today or any later day. */
#include "base/lang.h"
#include "model/citizen_words.h"
#include "web/media_give.h"
#include "web/pages.h"
#include "web/visit.h"

/* The visit and what the address means.  ERR_NOT_FOUND also for a code that is
 * nobody's: a player has no use for a form. */
static enum err
enter(struct req *rq, struct visit *v, struct media *m)
{
	struct id id;
	enum err e = visit_enter(rq, req_param(rq, S("token")), v);
	if (e == ERR_OK)
		e = req_param_id(rq, S("id"), &id);
	return e == ERR_OK
	    ? citizen_media(rq->db, rq->arena, &v->citizen, id, m)
	    : e;
}

static enum err
give(struct req *rq, bool thumb)
{
	struct visit v = {0};
	struct media m;
	enum err e = enter(rq, &v, &m);
	return e == ERR_OK ? media_give(rq, &m, &v.citizen.in, thumb) : e;
}

/* GET /c/CODE/medier/ID/fil */
enum err
page_citizen_media(struct req *rq)
{
	return give(rq, false);
}

/* GET /c/CODE/medier/ID/lille */
enum err
page_citizen_thumb(struct req *rq)
{
	return give(rq, true);
}

/* GET /c/CODE/medier/ID/undertekster */
enum err
page_citizen_captions(struct req *rq)
{
	struct visit v = {0};
	struct media m;
	enum err e = enter(rq, &v, &m);
	return e == ERR_OK ? media_give_captions(rq, &m) : e;
}

static enum err
done(struct req *rq, const struct visit *v, const char *what)
{
	struct str back = visit_href(rq, v, "/ord");
	return req_redirect(rq, "%.*s&%s=1", STR_ARG(back), what);
}

/* POST /c/CODE/medier/ID/ja */
enum err
page_citizen_media_yes(struct req *rq)
{
	struct visit v = {0};
	struct media m;
	enum err e = enter(rq, &v, &m);
	if (e != ERR_OK)
		return e;
	if (v.citizen.needs_guardian)
		return done(rq, &v, "foraelder");
	e = citizen_media_agrees(rq->db, rq->arena, &v.citizen, m.id,
	    req_tr(rq, "You may use the recording or picture."));
	return e == ERR_OK ? done(rq, &v, "tak") : e;
}

/* POST /c/CODE/medier/ID/stop: pressed twice, it is gone both times. */
enum err
page_citizen_media_stop(struct req *rq)
{
	struct visit v = {0};
	struct media m;
	enum err e = enter(rq, &v, &m);
	if (e == ERR_NOT_FOUND && v.path.n > 0)
		return done(rq, &v, "vaek");
	if (e != ERR_OK)
		return e;
	struct citizen_stop stop = {m.id, rq->site->data_dir,
	    req_tr(rq, "The recording or picture was stopped and deleted.")};
	e = citizen_media_stops(rq->db, rq->arena, &v.citizen, &stop);
	return e == ERR_OK ? done(rq, &v, "vaek") : e;
}
