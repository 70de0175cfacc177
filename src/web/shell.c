/* SPDX-License-Identifier: MPL-2.0 */
#include "web/shell.h"

#include "base/buf.h"
#include "http/forms.h"
#include "web/assets.h"

enum { PAGE_ROOM = 24 * 1024 }; /* most pages are smaller */

/* What ?besked= may say; anything else says nothing, so that a link cannot
 * put words in our mouth. */
static const struct {
	struct str key;
	const char *message;
	bool warning;
} messages[] = {
    {S_INIT("gemt"), N_("Saved."), false},
    {S_INIT("flettet"),
	N_("Saved. Somebody else changed it meanwhile; both changes are in."),
	false},
    {S_INIT("fjernet"), N_("Taken out. The history keeps it."), false},
    {S_INIT("bruges"),
	N_("It was not taken out: something else in the plan stands on it, "
	   "or somebody just changed it."),
	true},
    {S_INIT("genskabt"), N_("Back in the plan, as it was."), false},
    {S_INIT("mangler"),
	N_("It was not brought back: what it points to was taken out, or its "
	   "place is taken. Bring that back first, or write it anew."),
	true},
    {S_INIT("aendret"),
	N_("It was not brought back: somebody else was here meanwhile."), true},
    {S_INIT("adgangskode"), N_("Your password is saved. Sign in again."),
	false},
    {S_INIT("kode"), N_("The second step is changed. Sign in again."), false},
    {S_INIT("slettet"), N_("It is deleted."), false},
    {S_INIT("sendt"), N_("It is on its way."), false},
    {S_INIT("opgaver"),
	N_("There are new tasks. Give each an owner and a "
	   "date."),
	false},
    {S_INIT("ingen-opgaver"),
	N_("No new tasks: each such answer has one already."), false},
    {S_INIT("ingen-frafald"),
	N_("Nothing was drawn. Tick who drops out, and write what decides."),
	true},
    {S_INIT("papir"),
	N_("Noted. Attach the scan or a picture of the form below: a PDF file "
	   "or a photo."),
	false},
    {S_INIT("delt"), N_("The network can read and answer it now."), false},
};

static void
fill_message(struct req *rq, struct view_head *v)
{
	struct str key = req_query(rq, S("besked"));
	for (ptrdiff_t i = 0; i < COUNT_OF(messages); i++) {
		if (!str_eq(key, messages[i].key))
			continue;
		struct str text = req_tr(rq, messages[i].message);
		if (messages[i].warning)
			v->warning = text;
		else
			v->message = text;
	}
}

/* The address of this page, without a message or an open form. */
static struct str
plain_path(struct req *rq)
{
	if (rq->http->method == HTTP_POST)
		return S("/");
	return rq->http->path;
}

struct view_head
shell_head(struct req *rq, struct str title)
{
	enum lang other = rq->lang == LANG_DA ? LANG_EN : LANG_DA;
	struct str path = plain_path(rq);
	struct view_head v = {
	    .lang = lang_code(rq->lang),
	    .title = title,
	    .org = rq->org ? rq->org->name : S("Samskab"),
	    .dkfds_href = asset_url(S("dkfds.css")),
	    .css_href = asset_url(S("app.css")),
	    .js_href = asset_url(S("app.js")),
	    .icon_href = asset_url(S("icon.svg")),
	    .path = path,
	    .other_lang = lang_code(other),
	    .other_name = other == LANG_DA ? S("Dansk") : S("English"),
	    .other_href = str_fmt(rq->arena, "%.*s?sprog=%.*s", STR_ARG(path),
		STR_ARG(lang_code(other))),
	    .signed_in = rq->signed_in,
	    .admin = actor_may(&rq->who, CAP_ACCOUNTS),
	    .overview = actor_may(&rq->who, CAP_OVERVIEW),
	    .rules = actor_may(&rq->who, CAP_CATALOGUE),
	};
	buf_reserve(&rq->out, PAGE_ROOM);
	if (rq->signed_in)
		v.csrf = req_csrf(rq);
	fill_message(rq, &v);
	return v;
}

static const struct {
	const char *page, *label;
} network_links[] = {
    {"", N_("Overview")},
    {"plan", N_("Plan")},
    {"mennesker", N_("People")},
    {"aktiviteter", N_("Activities")},
    {"stemmer", N_("Voices")},
    {"ideer", N_("Co-design")},
    {"korps", N_("Co-implementation")},
    {"beslutninger", N_("Decisions")},
    {"faser", N_("Phases")},
    {"opgaver", N_("Tasks")},
};

struct view_head
shell_network_head(struct req *rq, struct str title, struct str network_name,
    const char *section)
{
	struct view_head v = shell_head(rq, title);
	struct view_head_links *links = arena_new(
	    rq->arena, struct view_head_links, COUNT_OF(network_links));
	for (ptrdiff_t i = 0; i < COUNT_OF(network_links); i++) {
		const char *page = network_links[i].page;
		links[i] = (struct view_head_links){
		    .href = str_cat(rq->arena,
			req_network_path(rq, page[0] == 0 ? "" : "/"),
			str_c(page)),
		    .label = req_tr(rq, network_links[i].label),
		    .current = str_eq(str_c(page), str_c(section)),
		};
	}
	v.title = str_eq(title, network_name)
	    ? title
	    : req_tr2(rq, "%1 - %2", title, network_name);
	v.network_name = network_name;
	v.live_href = req_network_path(rq, "/live");
	v.links.p = links;
	v.links.n = COUNT_OF(network_links);
	return v;
}

struct view_foot
shell_foot(struct req *rq)
{
	return (struct view_foot){
	    .org = rq->org ? rq->org->name : S("Samskab"),
	    .contact = rq->org ? rq->org->contact : S(""),
	};
}
