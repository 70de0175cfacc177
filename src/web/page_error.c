/* SPDX-License-Identifier: MPL-2.0 */

/* What came of it, said to a person: one table from outcome to status. */
#include "view_error.h"
#include "web/api.h"
#include "web/route.h"
#include "web/security.h"
#include "web/shell.h"

static int
status_of(enum err e)
{
	switch (e) {
	case ERR_OK:
		return 200;
	case ERR_NOT_FOUND:
		return 404;
	case ERR_DENIED:
		return 403;
	case ERR_INVALID:
		return 400;
	case ERR_CONFLICT:
		return 409;
	case ERR_SIGNIN:
		return 401;
	case ERR_LIMITED:
		return 429;
	case ERR_TOO_LARGE:
		return 413;
	case ERR_UNAVAIL:
		return 503;
	case ERR_INTERNAL:
		return 500;
	}
	return 500;
}

static const struct {
	int status;
	const char *title, *message;
} words[] = {
    {400, N_("That request cannot be read"),
	N_("Something in the address or the form is not as it should be. "
	   "Go back and try again.")},
    {401, N_("Sign in first"),
	N_("You were signed out meanwhile, and nothing was saved. Sign in, "
	   "come back to this page, and send it again.")},
    {403, N_("You may not do that"), N_("Your role does not allow it.")},
    {404, N_("There is nothing here"),
	N_("The page does not exist, or it is not yours to see.")},
    {405, N_("That cannot be done here"),
	N_("The address is right, but not for this. Go to the front page.")},
    {409, N_("Somebody was faster"),
	N_("It changed while you worked. Go back, load the page again and "
	   "try once more.")},
    {410, N_("It is gone"), N_("What was here has ended.")},
    {413, N_("That is too large"),
	N_("It holds more than we can take at once. Make it shorter.")},
    {429, N_("Too many tries"), N_("Wait a little, and try again.")},
    {500, N_("Something went wrong here"),
	N_("It is our fault, not yours. What you had saved is safe.")},
    {503, N_("Not just now"),
	N_("We cannot take it at this moment. Nothing was saved. Try again "
	   "in a minute.")},
};

/* Instead of 403, when it is only the token that has ended. */
static const char stale_title[] = N_("Send it once more");
static const char stale_message[] =
    N_("The form was open for long, or you have signed in anew since. "
       "Nothing was saved yet. Look through it, and send it again.");

static ptrdiff_t
words_for(int status)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(words); i++) {
		if (words[i].status == status)
			return i;
	}
	return status < 500 ? 0 : COUNT_OF(words) - 2;
}

static void
retry_later(struct req *rq, int status)
{
	if (status == 429 || status == 503)
		http_header_add(
		    rq->arena, &rq->response, S("Retry-After"), S("30"));
}

/* ---- a form that was refused comes back ---- */

enum { KEPT_FIELDS = 64, SHOWN_FROM = 12 /* bytes: less is no writing */ };

/* Whether the form is one of our own pages', so that what it holds was typed
 * there; a password is never sent back. */
static bool
is_own_form(const struct req *rq)
{
	return rq->route != NULL && rq->http->method == HTTP_POST &&
	    rq->route->csrf == CSRF_TOKEN && security_own_origin(rq) &&
	    !http_has(rq->http->form, S("password")) &&
	    !http_has(rq->http->form, S("code"));
}

/* Refused for a reason that passes. */
static bool
may_pass_later(const struct req *rq, int status)
{
	return status == 401 || status == 429 || status == 503 ||
	    (status == 403 && rq->stale_form);
}

/* Ids, dates and choices are no loss; sentences are. */
static bool
is_writing(struct str value)
{
	return value.n >= SHOWN_FROM &&
	    (str_find_byte(value, ' ') >= 0 || str_find_byte(value, '\n') >= 0);
}

static void
keep_fields(struct req *rq, struct view_error *v)
{
	const struct http_pairs *form = &rq->http->form;
	struct view_error_texts *texts =
	    arena_new(rq->arena, struct view_error_texts, form->n);
	struct view_error_fields *fields =
	    arena_new(rq->arena, struct view_error_fields, form->n);
	ptrdiff_t n_texts = 0, n_fields = 0;
	for (ptrdiff_t i = 0; i < form->n; i++) {
		struct http_pair pair = form->list[i];
		if (str_eq(pair.name, S("csrf")))
			continue;
		fields[n_fields++] =
		    (struct view_error_fields){pair.name, pair.value};
		if (is_writing(pair.value))
			texts[n_texts++].text = pair.value;
	}
	v->texts.p = texts;
	v->texts.n = n_texts;
	v->fields.p = fields;
	v->fields.n = n_fields;
}

/* What was typed is shown, so that it can be copied, and sent again by a
 * press of a button, with the token of whoever is signed in then. */
static void
give_back(struct req *rq, int status, struct view_error *v)
{
	if (!is_own_form(rq) || rq->http->form.n > KEPT_FIELDS)
		return;
	keep_fields(rq, v);
	v->written = v->texts.n > 0;
	if (!may_pass_later(rq, status))
		return;
	v->again_action = rq->http->path;
	v->csrf = rq->signed_in ? req_csrf(rq) : S("");
	v->signin = !rq->signed_in;
	v->style = S("tertiary");
}

void
route_error_status(struct req *rq, int status)
{
	ptrdiff_t at = words_for(status);
	bool stale = status == 403 && rq->stale_form;
	const char *title = stale ? stale_title : words[at].title;
	const char *message = stale ? stale_message : words[at].message;
	rq->response = (struct http_response){0};
	rq->out.n = 0;
	rq->out.full = false;
	if (api_is(rq)) {
		api_problem(rq, status);
		return;
	}
	struct view_error v = {
	    .head = shell_head(rq, req_tr(rq, title)),
	    .foot = shell_foot(rq),
	    .title = req_tr(rq, title),
	    .message = req_tr(rq, message),
	    .href = S("/"),
	    .label = req_tr(rq, "To the front page"),
	    .style = S("primary"),
	};
	give_back(rq, status, &v);
	tmpl_error(&rq->out, rq->lang, &v);
	(void)req_html_status(rq, status);
	retry_later(rq, status);
}

/* Who is not signed in is shown the way in; a form that was sent
 * comes back to them. */
void
route_error(struct req *rq, enum err e)
{
	if (e == ERR_SIGNIN && rq->http->method != HTTP_POST && !api_is(rq)) {
		rq->response = (struct http_response){0};
		(void)req_redirect(
		    rq, "%s", rq->half_in ? "/log-ind/kode" : "/log-ind");
		return;
	}
	route_error_status(rq, status_of(e));
}
