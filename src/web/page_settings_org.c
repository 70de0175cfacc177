/* SPDX-License-Identifier: MPL-2.0 */

/* The rules in words, and the numbers that an organisation may set. */
#include "base/buf.h"
#include "model/setting.h"
#include "view_settings_org.h"
#include "web/faults.h"
#include "web/pages.h"
#include "web/shell.h"

struct showing {
	struct req *rq;
	struct settings_now now;
	bool posted; /* values are what was typed */
	struct view_settings_org *v;
	struct faults faults;
};

static struct str
value_of(const struct showing *s, struct str name)
{
	return s->posted ? req_form(s->rq, name) : setting_value(&s->now, name);
}

/* "From 3 to 50. The program came with 5." */
static struct str
range_hint(struct showing *s, struct str name, int64_t ships)
{
	struct req *rq = s->rq;
	int64_t least = 0, most = 0;
	if (!setting_range(name, &least, &most))
		return S("");
	struct str args[] = {lang_int(rq->arena, rq->lang, least),
	    lang_int(rq->arena, rq->lang, most),
	    lang_int(rq->arena, rq->lang, ships)};
	return tr_fill(rq->arena,
	    req_tr(rq, "From %1 to %2. The program came with %3."), args, 3);
}

static int64_t
text_most(struct str name)
{
	struct setting_defs defs = setting_defs();
	for (ptrdiff_t i = 0; i < defs.n; i++) {
		if (str_eq(defs.list[i].name, name))
			return setting_most(&defs.list[i]);
	}
	return SETTING_TEXT;
}

static struct str
fault_of(struct showing *s, struct str name, struct str value)
{
	struct req *rq = s->rq;
	int64_t least = text_most(name), most = least;
	const char *fault = setting_fault(name, value);
	if (!s->posted || fault == NULL)
		return S("");
	setting_range(name, &least, &most);
	return req_tr2(rq, fault, lang_int(rq->arena, rq->lang, least),
	    lang_int(rq->arena, rq->lang, most));
}

static struct view_setting
field_view(struct showing *s, struct str name, struct str label, int64_t ships)
{
	int64_t least, most;
	struct view_setting field = {
	    .name = name,
	    .label = label,
	    .value = value_of(s, name),
	    .number = setting_range(name, &least, &most),
	    .hint = range_hint(s, name, ships),
	};
	field.error = fault_of(s, name, field.value);
	faults_add(&s->faults, name, label, field.error);
	return field;
}

static void
fill_own(struct showing *s)
{
	struct req *rq = s->rq;
	struct setting_defs defs = setting_defs();
	struct view_settings_org_fields *fields =
	    arena_new(rq->arena, struct view_settings_org_fields, defs.n);
	for (ptrdiff_t i = 0; i < defs.n; i++) {
		const struct setting_def *def = &defs.list[i];
		fields[i].setting = field_view(
		    s, def->name, req_tr(rq, def->label), def->value);
		fields[i].setting.hint = STR_JOIN(rq->arena,
		    req_tr(rq, def->hint), S(" "), fields[i].setting.hint);
	}
	s->v->fields.p = fields;
	s->v->fields.n = defs.n;
}

static bool
is_of(const struct catalogue_item *limit, struct str rule)
{
	return limit->rule.n > 0 && str_eq(limit->rule.list[0], rule);
}

static void
fill_limits(struct showing *s, const struct catalogue_item *rule,
    struct view_settings_org_rules *view)
{
	struct req *rq = s->rq;
	struct catalogue_items all = catalogue_list(S("limits"));
	struct view_settings_org_rules_fields *fields =
	    arena_new(rq->arena, struct view_settings_org_rules_fields, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct catalogue_item *limit = &all.list[i];
		if (!is_of(limit, rule->key))
			continue;
		fields[view->fields.n++].setting = field_view(s, limit->key,
		    catalogue_name(limit, rq->lang), limit->value);
	}
	view->fields.p = fields;
}

/* The sentence as it fires, with a gap for what it would be about. */
static struct str
filled(struct showing *s, const struct catalogue_item *rule, struct str text)
{
	struct req *rq = s->rq;
	struct catalogue_items all = catalogue_list(S("limits"));
	struct str args[2] = {S("…"), S("…")};
	for (ptrdiff_t i = all.n; i-- > 0;) {
		if (is_of(&all.list[i], rule->key))
			args[1] = lang_int(rq->arena, rq->lang,
			    setting_number(&s->now, all.list[i].key));
	}
	return tr_fill(rq->arena, text, args, 2);
}

static struct str
guide_of(struct req *rq, const struct catalogue_item *rule)
{
	struct buf b = buf_new(rq->arena, 400);
	for (ptrdiff_t i = 0; i < rule->guide.n; i++) {
		buf_add(&b, i > 0 ? S(", ") : S(""));
		buf_add(&b, rule->guide.list[i]);
	}
	return buf_str(&b);
}

static void
fill_rules(struct showing *s)
{
	struct req *rq = s->rq;
	struct catalogue_items all = catalogue_list(S("rules"));
	struct view_settings_org_rules *rules =
	    arena_new(rq->arena, struct view_settings_org_rules, all.n);
	for (ptrdiff_t i = 0; i < all.n; i++) {
		const struct catalogue_item *rule = &all.list[i];
		const struct catalogue_words *words =
		    catalogue_words(rule, rq->lang);
		rules[i] = (struct view_settings_org_rules){
		    .anchor = rule->key,
		    .title = str_fmt(rq->arena, "R%lld: %.*s",
			(long long)rule->number, STR_ARG(words->name)),
		    .waits = !rule->ready,
		    .guide = guide_of(rq, rule),
		    .text = filled(s, rule, words->text),
		    .why = filled(s, rule, words->why),
		    .way = filled(s, rule, words->way),
		};
		fill_limits(s, rule, &rules[i]);
	}
	s->v->rules.p = rules;
	s->v->rules.n = all.n;
}

static enum err
show(struct req *rq, bool posted, int status)
{
	struct view_settings_org v = {
	    .head = shell_head(rq, req_tr(rq, "Rules and settings")),
	    .foot = shell_foot(rq),
	    .csrf = req_csrf(rq),
	    .key = req_new_key(rq),
	};
	struct showing s = {.rq = rq, .posted = posted, .v = &v};
	ptrdiff_t most = setting_defs().n + catalogue_list(S("limits")).n;
	enum err e = setting_list(rq->db, rq->arena, &rq->who, &s.now);
	if (e != ERR_OK)
		return e;
	s.faults = faults_new(rq, most);
	fill_own(&s);
	fill_rules(&s);
	v.faults = faults_view(&s.faults);
	tmpl_settings_org(&rq->out, rq->lang, &v);
	return req_html_status(rq, status);
}

/* GET /sekretariat/regler */
enum err
page_rules(struct req *rq)
{
	return show(rq, false, 200);
}

/* One of them, when the form has it.  ERR_INVALID: out of its range. */
static enum err
save_one(struct req *rq, struct str name)
{
	struct setting setting = {name, req_form(rq, name)};
	return setting_save(rq->db, rq->arena, &rq->who, &setting);
}

static bool
any_fault(struct req *rq)
{
	struct setting_defs defs = setting_defs();
	struct catalogue_items limits = catalogue_list(S("limits"));
	bool fault = false;
	for (ptrdiff_t i = 0; i < defs.n; i++)
		fault = fault ||
		    setting_fault(defs.list[i].name,
			req_form(rq, defs.list[i].name)) != NULL;
	for (ptrdiff_t i = 0; i < limits.n; i++)
		fault = fault ||
		    setting_fault(limits.list[i].key,
			req_form(rq, limits.list[i].key)) != NULL;
	return fault;
}

/* POST /sekretariat/regler: all of them, or none (422). */
enum err
page_rules_save(struct req *rq)
{
	struct setting_defs defs = setting_defs();
	struct catalogue_items limits = catalogue_list(S("limits"));
	enum err e = ERR_OK;
	if (any_fault(rq))
		return show(rq, true, 422);
	for (ptrdiff_t i = 0; e == ERR_OK && i < defs.n; i++)
		e = save_one(rq, defs.list[i].name);
	for (ptrdiff_t i = 0; e == ERR_OK && i < limits.n; i++)
		e = save_one(rq, limits.list[i].key);
	return e == ERR_OK ? req_redirect(rq, "/sekretariat/regler?besked=gemt")
			   : e;
}
