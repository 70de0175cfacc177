/* SPDX-License-Identifier: MPL-2.0 */

/* Calls to other programs: where they may go, and which a network asked for. */
#include <jansson.h>

#include "base/buf.h"
#include "base/clock.h"
#include "model/webhook.h"
#include "view_origins.h"
#include "web/input.h"
#include "web/pages.h"
#include "web/shell.h"
#include "web/webhooks_view.h"

/* ---- of a network ---- */

enum { CALLS = 20 };

static void
fill_hooks(struct req *rq, const struct webhooks *all, struct view_tokens *v)
{
	struct view_tokens_hooks *rows =
	    arena_new(rq->arena, struct view_tokens_hooks, all->n);
	for (ptrdiff_t i = 0; i < all->n; i++) {
		const struct webhook *w = &all->list[i];
		bool ended = w->ended_us > 0;
		rows[i] = (struct view_tokens_hooks){.url = w->url,
		    .state = ended ? req_tr(rq, "It was ended.")
				   : req_tr(rq, "It is called."),
		    .key = req_new_key(rq),
		    .end_href = ended
			? S("")
			: STR_JOIN(rq->arena,
			      req_network_path(rq, "/programmer/kald/"),
			      id_text(rq->arena, w->id), S("/slut"))};
	}
	v->hooks.p = rows;
	v->hooks.n = all->n;
}

static struct str
call_state(struct req *rq, const struct job *job)
{
	struct str tries = lang_int(rq->arena, rq->lang, job->attempts);
	if (str_eq(job->state, S("done")))
		return req_tr(rq, "It arrived.");
	if (str_eq(job->state, S("failed")) && str_eq(job->fault, S("denied")))
		return req_tr(rq,
		    "Not called: the address is not allowed, or leads to a "
		    "closed net.");
	if (str_eq(job->state, S("failed")))
		return req_tr1(rq, "Given up after %1 tries.", tries);
	return job->attempts == 0
	    ? req_tr(rq, "Waits to be called.")
	    : req_tr1(
		  rq, "Not reached after %1 tries. It is tried again.", tries);
}

static struct str
event_of(struct req *rq, const struct job *job)
{
	json_t *args = json_loadb(job->args.p, (size_t)job->args.n, 0, NULL);
	const char *event = json_string_value(json_object_get(args, "event"));
	struct str out =
	    event != NULL ? str_dup(rq->arena, str_c(event)) : S("");
	json_decref(args);
	return out;
}

static enum err
fill_calls(struct req *rq, struct view_tokens *v)
{
	struct jobs all;
	struct view_tokens_calls *rows =
	    arena_new(rq->arena, struct view_tokens_calls, CALLS);
	enum err e = job_list(rq->db, rq->arena, &rq->who, &all);
	for (ptrdiff_t i = 0; e == ERR_OK && i < all.n; i++) {
		const struct job *job = &all.list[i];
		if (!str_eq(job->kind, S("webhook")) || v->calls.n == CALLS)
			continue;
		rows[v->calls.n++] = (struct view_tokens_calls){
		    .when = lang_date(
			rq->arena, rq->lang, date_danish(job->created_us)),
		    .event = event_of(rq, job),
		    .state = call_state(rq, job)};
	}
	v->calls.p = rows;
	return e;
}

enum err
webhooks_fill(
    struct req *rq, const struct webhook_form *form, struct view_tokens *v)
{
	struct webhooks all;
	struct webhook_origins origins;
	const struct input in = {.kind = INPUT_LINE,
	    .name = "url",
	    .label = N_("The address that is called"),
	    .hint = N_("For instance https://program.kommune.dk/samskab. What "
		       "is before the first slash must be allowed by an "
		       "administrator."),
	    .value = form->url,
	    .fault = form->fault};
	enum err e = webhook_list(rq->db, rq->arena, &rq->who, &all);
	if (e == ERR_OK)
		e = webhook_origins(rq->db, rq->arena, &rq->who, &origins);
	if (e == ERR_OK)
		e = fill_calls(rq, v);
	if (e != ERR_OK)
		return e;
	fill_hooks(rq, &all, v);
	v->may_call = origins.n > 0;
	v->hook_secret = form->secret;
	v->hook_action = req_network_path(rq, "/programmer/kald");
	v->hook_id = req_new_key(rq);
	v->hook_inputs = inputs_view(rq, &in, 1);
	return ERR_OK;
}

/* POST /netvaerk/N/programmer/kald: the only time that the secret is shown. */
enum err
page_webhook_make(struct req *rq)
{
	struct webhook_form form = {.url = str_trim(req_form(rq, S("url")))};
	struct webhook w = {.url = form.url};
	if (!id_parse(req_form(rq, S("id")), &w.id))
		return ERR_INVALID;
	enum err e =
	    webhook_make(rq->db, rq->arena, &rq->who, &w, &form.secret);
	if (e == ERR_INVALID)
		form.fault = N_("Write a whole address that begins with "
				"https://.");
	if (e == ERR_DENIED)
		form.fault = N_("No administrator has allowed calls to this "
				"address.");
	if (e == ERR_TOO_LARGE)
		form.fault = N_("There are 20 already. End one first.");
	if (e != ERR_OK && form.fault == NULL)
		return e;
	if (e == ERR_OK)
		form.url = S("");
	return tokens_page(rq, &form);
}

/* POST /netvaerk/N/programmer/kald/ID/slut */
enum err
page_webhook_end(struct req *rq)
{
	struct id id;
	struct str path = req_network_path(rq, "/programmer");
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = webhook_end(rq->db, rq->arena, &rq->who, id);
	return e == ERR_OK ? req_redirect(rq, "%.*s?besked=gemt", STR_ARG(path))
			   : e;
}

/* ---- the administrator ---- */

static enum err
show_origins(struct req *rq, struct str typed, const char *fault)
{
	struct webhook_origins all;
	const struct input in = {.kind = INPUT_LINE,
	    .name = "origin",
	    .label = N_("An address that may be called"),
	    .hint = N_("https:// and the name of the host, perhaps a port: "
		       "https://program.kommune.dk. This machine itself only "
		       "as a number, such as http://127.0.0.1:8090."),
	    .value = typed,
	    .fault = fault};
	enum err e = webhook_origins(rq->db, rq->arena, &rq->who, &all);
	if (e != ERR_OK)
		return e;
	struct view_origins v = {
	    .head = shell_head(rq, req_tr(rq, "Calls to other programs")),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .form_key = req_new_key(rq),
	    .inputs = inputs_view(rq, &in, 1)};
	struct view_origins_origins *rows =
	    arena_new(rq->arena, struct view_origins_origins, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++)
		rows[i] = (struct view_origins_origins){
		    .origin = all.list[i], .key = req_new_key(rq)};
	v.origins.p = rows;
	v.origins.n = all.n;
	tmpl_origins(&rq->out, rq->lang, &v);
	return req_html_status(rq, fault != NULL ? 422 : 200);
}

/* GET /admin/kald */
enum err
page_webhook_origins(struct req *rq)
{
	return show_origins(rq, S(""), NULL);
}

/* POST /admin/kald */
enum err
page_webhook_allow(struct req *rq)
{
	struct str typed = req_form(rq, S("origin"));
	enum err e = webhook_allow(rq->db, rq->arena, &rq->who, typed);
	if (e == ERR_INVALID)
		return show_origins(rq, typed,
		    N_("Write https:// and the name of a host, in small "
		       "letters, and nothing after it."));
	if (e == ERR_TOO_LARGE)
		return show_origins(
		    rq, typed, N_("There are 100 already. Take one off."));
	return e == ERR_OK ? req_redirect(rq, "/admin/kald?besked=gemt") : e;
}

/* POST /admin/kald/fjern */
enum err
page_webhook_forbid(struct req *rq)
{
	enum err e = webhook_forbid(
	    rq->db, rq->arena, &rq->who, req_form(rq, S("origin")));
	return e == ERR_OK ? req_redirect(rq, "/admin/kald?besked=gemt") : e;
}
