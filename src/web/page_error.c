/* SPDX-License-Identifier: MPL-2.0 */

/* What came of it, said to a person: one table from outcome to status. */
#include "view_error.h"
#include "web/route.h"
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
	N_("You were signed out meanwhile. Sign in, go back in your browser, "
	   "and send the form again: what you wrote is still there.")},
    {403, N_("You may not do that"),
	N_("Your role does not allow it, or the form was open too long. "
	   "Go back, load the page again and try once more.")},
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

void
route_error_status(struct req *rq, int status)
{
	ptrdiff_t at = words_for(status);
	rq->response = (struct http_response){0};
	rq->out.n = 0;
	rq->out.full = false;
	struct view_error v = {
	    .head = shell_head(rq, req_tr(rq, words[at].title)),
	    .foot = shell_foot(rq),
	    .title = req_tr(rq, words[at].title),
	    .message = req_tr(rq, words[at].message),
	    .href = S("/"),
	    .label = req_tr(rq, "To the front page"),
	};
	tmpl_error(&rq->out, rq->lang, &v);
	(void)req_html_status(rq, status);
	retry_later(rq, status);
}

/* Who is not signed in is shown the way in; a form that was sent cannot be
 * kept across that, so it is told. */
void
route_error(struct req *rq, enum err e)
{
	if (e == ERR_SIGNIN && rq->http->method != HTTP_POST) {
		rq->response = (struct http_response){0};
		(void)req_redirect(
		    rq, "%s", rq->half_in ? "/log-ind/kode" : "/log-ind");
		return;
	}
	route_error_status(rq, status_of(e));
}
