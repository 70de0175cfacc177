/* SPDX-License-Identifier: MPL-2.0 */

/* The administrator's view of mail that goes out: with no mail server, this
 * is where it waits. */
#include "base/buf.h"
#include "model/outbox.h"
#include "view_mail_one.h"
#include "view_mails.h"
#include "web/pages.h"
#include "web/shell.h"

static struct str
state_words(struct req *rq, struct str state)
{
	if (str_eq(state, S("waiting")))
		return req_tr(rq, "Waiting to be sent");
	if (str_eq(state, S("sending")))
		return req_tr(rq, "Being sent");
	if (str_eq(state, S("sent")))
		return req_tr(rq, "Sent");
	if (str_eq(state, S("failed")))
		return req_tr(rq, "Given up");
	return req_tr(rq, "Kept: there is no mail server");
}

/* GET /admin/post */
enum err
page_mails(struct req *rq)
{
	struct mail_lines all;
	struct mail_query query = {.open = true};
	enum err e = mail_list(rq->db, rq->arena, &rq->who, query, &all);
	if (e != ERR_OK)
		return e;
	struct view_mails_mails *rows =
	    arena_new(rq->arena, struct view_mails_mails, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct mail_line *mail = &all.list[i];
		struct str id = id_text(rq->arena, mail->id);
		rows[i] = (struct view_mails_mails){
		    .when = lang_time(rq->arena, rq->lang, mail->created_us),
		    .to = mail->to,
		    .subject = mail->subject,
		    .state = state_words(rq, mail->state),
		    .href = str_fmt(rq->arena, "/admin/post/%.*s", STR_ARG(id)),
		};
		if (mail->attempts > 0)
			rows[i].tries = req_tr1(rq, "tried %1 times",
			    lang_int(rq->arena, rq->lang, mail->attempts));
	}
	struct view_mails v = {
	    .head = shell_head(rq, req_tr(rq, "Mail that goes out")),
	    .foot = shell_foot(rq),
	    .no_smtp = !rq->site->smtp,
	    .has_mails = all.n > 0,
	    .mails = {rows, all.n},
	};
	tmpl_mails(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* GET /admin/post/ID */
enum err
page_mail_one(struct req *rq)
{
	struct id id;
	struct mail_line mail;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = mail_get(rq->db, rq->arena, &rq->who, id, &mail);
	if (e != ERR_OK)
		return e;
	struct str text = id_text(rq->arena, id);
	struct view_mail_one v = {
	    .head = shell_head(rq, mail.subject),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .subject = mail.subject,
	    .to = mail.to,
	    .when = lang_time(rq->arena, rq->lang, mail.created_us),
	    .state = state_words(rq, mail.state),
	    .body = mail.body,
	    .can_send = rq->site->smtp && mail.body.n > 0,
	    .send_action =
		str_fmt(rq->arena, "/admin/post/%.*s/send", STR_ARG(text)),
	};
	tmpl_mail_one(&rq->out, rq->lang, &v);
	return req_html(rq);
}

/* POST /admin/post/ID/send */
enum err
page_mail_send(struct req *rq)
{
	struct id id;
	enum err e = req_param_id(rq, S("id"), &id);
	if (e == ERR_OK)
		e = mail_resend(rq->db, rq->arena, &rq->who, id);
	return e == ERR_OK ? req_redirect(rq, "/admin/post?besked=sendt") : e;
}
