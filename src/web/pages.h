/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_PAGES_H
#define WEB_PAGES_H

#include "web/req.h"

/* pages.h - the page functions that web/routes.def names.  Each is documented
 * where it is defined. */
enum err page_signin(struct req *);
enum err page_signin_send(struct req *);
enum err page_password(struct req *);
enum err page_link(struct req *);
enum err page_link_use(struct req *);
enum err page_glossary(struct req *);
enum err page_statement(struct req *);
enum err page_calendar(struct req *);
enum err page_asset(struct req *);
enum err page_healthz(struct req *);
enum err page_readyz(struct req *);
enum err page_metrics(struct req *);
enum err page_robots(struct req *);
enum err page_code(struct req *);
enum err page_code_check(struct req *);
enum err page_signout(struct req *);
enum err page_front(struct req *);
enum err page_account(struct req *);
enum err page_signout_all(struct req *);
enum err page_account_lang(struct req *);
enum err page_account_reminders(struct req *);
enum err page_account_feed(struct req *);
enum err page_account_password(struct req *);
enum err page_totp_begin(struct req *);
enum err page_totp_confirm(struct req *);
enum err page_totp_end(struct req *);
enum err page_accounts(struct req *);
enum err page_accounts_add(struct req *);
enum err page_account_one(struct req *);
enum err page_account_change(struct req *);
enum err page_account_link(struct req *);
enum err page_account_state(struct req *);
enum err page_mails(struct req *);
enum err page_mail_one(struct req *);
enum err page_mail_send(struct req *);
enum err page_network_new(struct req *);
enum err page_network_create(struct req *);
enum err page_overview(struct req *);
enum err page_plan(struct req *);
enum err page_phases(struct req *);
enum err page_people(struct req *);
enum err page_tasks(struct req *);
enum err page_changes(struct req *);
enum err page_history(struct req *);
enum err page_save(struct req *);
enum err page_remove(struct req *);
enum err page_member_add(struct req *);
enum err page_member_drop(struct req *);
enum err page_plan_pdf(struct req *);
enum err page_plan_odt(struct req *);
enum err page_grid_pdf(struct req *);
enum err page_grid_odt(struct req *);
enum err page_live(struct req *);

/* Work done on the pool before the page gets the write lane. */
enum err prepare_password(struct req *);
enum err prepare_new_password(struct req *);

#endif
