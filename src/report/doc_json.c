/* SPDX-License-Identifier: MPL-2.0 */
#include "report/doc.h"

#include <jansson.h>

#include "base/buf.h"

/*
 * {"v":1,"lang":"da","paper":"a4","large":false,"title":"..","author":"..","subject":"..",
 *  "footer":"..","created_us":0,"blocks":[B..]}
 *
 *   T  [R..]   R  "plain" | ["b","bold"] | ["e","emphasis"] | ["a","text","url"]
 *   B  ["h",level,T] ["p",T] ["note",T] ["break"] ["pairs",[[T,T]..]]
 *      ["letter",T,T] ["qr",url,T]
 *      ["bullets",[T..]] ["numbers",[T..]]
 *      ["table",caption,row_headers,[share..],[T..],[[T..]..]]
 */
enum { DOC_JSON_BYTES = 16 * 1024 * 1024 };

static const char *const BLOCK_NAME[] = {
    [DOC_HEADING] = "h",
    [DOC_PARAGRAPH] = "p",
    [DOC_NOTE] = "note",
    [DOC_PAIRS] = "pairs",
    [DOC_BULLETS] = "bullets",
    [DOC_NUMBERS] = "numbers",
    [DOC_TABLE] = "table",
    [DOC_BREAK] = "break",
    [DOC_LETTER] = "letter",
    [DOC_QR] = "qr",
};

/* ---- writing ---- */

static void
add_str(struct buf *out, const char *before, struct str s)
{
	buf_add(out, str_c(before));
	buf_json(out, s);
}

static void
add_text(struct buf *out, const struct doc_text *text)
{
	static const char *const open[] = {
	    [DOC_PLAIN] = "",
	    [DOC_BOLD] = "[\"b\",",
	    [DOC_EMPHASIS] = "[\"e\",",
	    [DOC_LINK] = "[\"a\",",
	};
	buf_byte(out, '[');
	for (const struct doc_run *r = text->first; r; r = r->next) {
		if (r != text->first)
			buf_byte(out, ',');
		add_str(out, open[r->style], r->text);
		if (r->style == DOC_LINK)
			add_str(out, ",", r->url);
		if (r->style != DOC_PLAIN)
			buf_byte(out, ']');
	}
	buf_byte(out, ']');
}

static void
add_texts(struct buf *out, const struct doc_text *texts, ptrdiff_t n)
{
	buf_byte(out, '[');
	for (ptrdiff_t i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(out, ',');
		add_text(out, &texts[i]);
	}
	buf_byte(out, ']');
}

static void
add_items(struct buf *out, const struct doc_block *b)
{
	buf_add(out, S(",["));
	for (const struct doc_item *item = b->items; item; item = item->next) {
		if (item != b->items)
			buf_byte(out, ',');
		if (b->kind == DOC_PAIRS) {
			struct doc_text both[] = {item->label, item->text};
			add_texts(out, both, 2);
		} else {
			add_text(out, &item->text);
		}
	}
	buf_byte(out, ']');
}

static void
add_table(struct buf *out, const struct doc_table *t)
{
	add_str(out, ",", t->caption);
	buf_add(out, t->row_headers ? S(",true,[") : S(",false,["));
	for (int i = 0; i < t->n_columns; i++)
		buf_fmt(out, "%s%.17g", i > 0 ? "," : "", t->share[i]);
	buf_add(out, S("],"));
	add_texts(out, t->header, t->n_columns);
	buf_add(out, S(",["));
	for (const struct doc_row *r = t->rows; r; r = r->next) {
		if (r != t->rows)
			buf_byte(out, ',');
		add_texts(out, r->cells, t->n_columns);
	}
	buf_byte(out, ']');
}

static void
add_block(struct buf *out, const struct doc_block *b)
{
	buf_fmt(out, "[\"%s\"", BLOCK_NAME[b->kind]);
	if (b->kind == DOC_HEADING)
		buf_fmt(out, ",%d", b->level);
	switch (b->kind) {
	case DOC_HEADING:
	case DOC_PARAGRAPH:
	case DOC_NOTE:
		buf_byte(out, ',');
		add_text(out, &b->text);
		break;
	case DOC_PAIRS:
	case DOC_BULLETS:
	case DOC_NUMBERS:
		add_items(out, b);
		break;
	case DOC_TABLE:
		add_table(out, b->table);
		break;
	case DOC_BREAK:
		break;
	case DOC_LETTER:
		buf_byte(out, ',');
		add_text(out, &b->sender);
		buf_byte(out, ',');
		add_text(out, &b->text);
		break;
	case DOC_QR:
		add_str(out, ",", b->url);
		buf_byte(out, ',');
		add_text(out, &b->text);
		break;
	}
	buf_byte(out, ']');
}

enum err
doc_write_json(struct arena *a, const struct doc *d, struct str *out)
{
	struct buf json = buf_new(a, DOC_JSON_BYTES);
	enum err e = doc_check(d);
	if (e != ERR_OK)
		return e;
	add_str(&json, "{\"v\":1,\"lang\":", lang_code(d->lang));
	buf_fmt(&json, ",\"paper\":\"%s\"", d->paper == DOC_A3 ? "a3" : "a4");
	buf_fmt(&json, ",\"large\":%s", d->large ? "true" : "false");
	add_str(&json, ",\"title\":", d->title);
	add_str(&json, ",\"author\":", d->author);
	add_str(&json, ",\"subject\":", d->subject);
	add_str(&json, ",\"footer\":", d->footer);
	buf_fmt(&json, ",\"created_us\":%lld,\"blocks\":[",
	    (long long)d->created_us);
	for (const struct doc_block *b = d->blocks; b; b = b->next) {
		if (b != d->blocks)
			buf_byte(&json, ',');
		add_block(&json, b);
	}
	buf_add(&json, S("]}"));
	*out = buf_str(&json);
	return json.full ? ERR_TOO_LARGE : ERR_OK;
}

/* ---- reading ---- */

/* Every reader below gives false for what the writer does not write. */
static bool
get_str(struct doc *d, const json_t *v, struct str *out)
{
	if (!json_is_string(v))
		return false;
	*out = str_dup(d->arena,
	    (struct str){
		json_string_value(v), (ptrdiff_t)json_string_length(v)});
	return true;
}

static bool
get_run(struct doc *d, const json_t *v, struct doc_text *text)
{
	struct str kind, words, url;
	if (json_is_string(v)) {
		if (!get_str(d, v, &words) || words.n == 0)
			return false;
		doc_run(d, text, DOC_PLAIN, words);
		return true;
	}
	size_t n = json_array_size(v); /* 0 when it is no array */
	if (n < 2 || !get_str(d, json_array_get(v, 0), &kind) ||
	    !get_str(d, json_array_get(v, 1), &words))
		return false;
	if (n == 3 && str_eq(kind, S("a")) &&
	    get_str(d, json_array_get(v, 2), &url)) {
		doc_link(d, text, words, url);
		return true;
	}
	bool bold = str_eq(kind, S("b"));
	if (n != 2 || words.n == 0 || (!bold && !str_eq(kind, S("e"))))
		return false;
	doc_run(d, text, bold ? DOC_BOLD : DOC_EMPHASIS, words);
	return true;
}

static bool
get_text(struct doc *d, const json_t *v, struct doc_text *text)
{
	if (!json_is_array(v))
		return false;
	for (size_t i = 0; i < json_array_size(v); i++) {
		if (!get_run(d, json_array_get(v, i), text))
			return false;
	}
	return true;
}

static bool
get_texts(struct doc *d, const json_t *v, struct doc_text *texts, size_t n)
{
	if (!json_is_array(v) || json_array_size(v) != n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!get_text(d, json_array_get(v, i), &texts[i]))
			return false;
	}
	return true;
}

static bool
get_items(struct doc *d, const json_t *list, enum doc_kind kind)
{
	if (!json_is_array(list) || json_array_size(list) == 0)
		return false;
	if (d->last != NULL && d->last->kind == kind)
		return false; /* neighbours are one list */
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *v = json_array_get(list, i);
		bool ok;
		if (kind == DOC_PAIRS) {
			struct doc_text both[2] = {0};
			ok = get_texts(d, v, both, 2);
			struct doc_text *value = doc_pair(d, (struct str){0});
			d->last->last_item->label = both[0];
			*value = both[1];
		} else {
			ok = get_text(d, v,
			    kind == DOC_BULLETS ? doc_bullet(d)
						: doc_number(d));
		}
		if (!ok)
			return false;
	}
	return true;
}

static bool
get_table(struct doc *d, const json_t *block)
{
	struct str caption;
	const json_t *share = json_array_get(block, 3);
	const json_t *rows = json_array_get(block, 5);
	size_t n = json_array_size(share);
	if (json_array_size(block) != 6 || n < 1 || n > DOC_MAX_COLUMNS ||
	    !json_is_array(rows) ||
	    !json_is_boolean(json_array_get(block, 2)) ||
	    !get_str(d, json_array_get(block, 1), &caption))
		return false;
	struct doc_table *t = doc_table(d, caption, (int)n);
	t->row_headers = json_is_true(json_array_get(block, 2));
	for (size_t i = 0; i < n; i++) {
		if (!json_is_number(json_array_get(share, i)))
			return false;
		t->share[i] = json_number_value(json_array_get(share, i));
	}
	if (!get_texts(d, json_array_get(block, 4), t->header, n))
		return false;
	for (size_t i = 0; i < json_array_size(rows); i++) {
		if (!get_texts(d, json_array_get(rows, i), doc_row(d, t), n))
			return false;
	}
	return true;
}

static bool
get_letter_or_qr(struct doc *d, const json_t *v, struct str name)
{
	struct str url;
	const json_t *last = json_array_get(v, 2);
	if (str_eq(name, S("letter"))) {
		doc_letter(d, (struct str){0}, (struct str){0});
		return get_text(d, json_array_get(v, 1), &d->last->sender) &&
		    get_text(d, last, &d->last->text);
	}
	return str_eq(name, S("qr")) &&
	    get_str(d, json_array_get(v, 1), &url) &&
	    get_text(d, last, doc_qr(d, url));
}

static bool
get_block(struct doc *d, const json_t *v)
{
	struct str name;
	size_t n = json_array_size(v);
	const json_t *last = json_array_get(v, n - 1);
	if (n < 1 || !get_str(d, json_array_get(v, 0), &name))
		return false;
	if (str_eq(name, S("h")) && n == 3) {
		const json_t *level = json_array_get(v, 1);
		if (!json_is_integer(level) || json_integer_value(level) < 1 ||
		    json_integer_value(level) > DOC_LEVELS)
			return false;
		doc_heading(d, (int)json_integer_value(level), (struct str){0});
		return get_text(d, last, &d->last->text);
	}
	if (str_eq(name, S("p")) && n == 2)
		return get_text(d, last, doc_paragraph(d));
	if (str_eq(name, S("note")) && n == 2)
		return get_text(d, last, doc_note(d));
	if (str_eq(name, S("break")) && n == 1) {
		doc_page_break(d);
		return true;
	}
	if (str_eq(name, S("table")))
		return get_table(d, v);
	if (n == 3)
		return get_letter_or_qr(d, v, name);
	for (enum doc_kind k = DOC_PAIRS; n == 2 && k <= DOC_NUMBERS; k++) {
		if (str_eq(name, str_c(BLOCK_NAME[k])))
			return get_items(d, last, k);
	}
	return false;
}

static bool
get_head(struct doc *d, const json_t *root)
{
	struct str lang, paper;
	const json_t *created = json_object_get(root, "created_us");
	const json_t *large = json_object_get(root, "large");
	if (json_object_size(root) != 10 || !json_is_boolean(large) ||
	    json_integer_value(json_object_get(root, "v")) != 1 ||
	    !json_is_integer(created) ||
	    !get_str(d, json_object_get(root, "lang"), &lang) ||
	    !get_str(d, json_object_get(root, "paper"), &paper) ||
	    !get_str(d, json_object_get(root, "title"), &d->title) ||
	    !get_str(d, json_object_get(root, "author"), &d->author) ||
	    !get_str(d, json_object_get(root, "subject"), &d->subject) ||
	    !get_str(d, json_object_get(root, "footer"), &d->footer))
		return false;
	d->created_us = json_integer_value(created);
	d->large = json_is_true(large);
	d->lang = lang_parse(lang, LANG_COUNT);
	d->paper = str_eq(paper, S("a3")) ? DOC_A3 : DOC_A4;
	return d->lang != LANG_COUNT && str_eq(lang, lang_code(d->lang)) &&
	    (d->paper == DOC_A3 || str_eq(paper, S("a4")));
}

static void
drop_json(void *root)
{
	json_decref(root);
}

enum err
doc_read_json(struct arena *a, struct str json, struct doc **out)
{
	struct doc *d = doc_new(a, LANG_DA, (struct str){0});
	if (json.n > DOC_JSON_BYTES)
		return ERR_TOO_LARGE;
	json_t *root = json_loadb(json.n > 0 ? json.p : "", (size_t)json.n,
	    JSON_REJECT_DUPLICATES, NULL);
	if (root == NULL)
		return ERR_INVALID;
	arena_defer(a, drop_json, root);
	const json_t *blocks = json_object_get(root, "blocks");
	if (!get_head(d, root) || !json_is_array(blocks))
		return ERR_INVALID;
	for (size_t i = 0; i < json_array_size(blocks); i++) {
		if (!get_block(d, json_array_get(blocks, i)))
			return ERR_INVALID;
	}
	*out = d;
	return doc_check(d);
}
