/* SPDX-License-Identifier: MPL-2.0 */
#include "report/dossier.h"

#include "base/buf.h"

enum { DOSSIER_BYTES = 8 * 1024 * 1024 };

static void
add_pair(struct buf *b, bool first, struct str name, struct str value)
{
	buf_add(b, first ? S("") : S(", "));
	buf_json(b, name);
	buf_add(b, S(": "));
	buf_json(b, value);
}

static void
add_contact(struct buf *b, const struct dossier *d)
{
	const struct vault_contact *c = &d->contact;
	buf_add(b, S(",\n\"contact\": "));
	if (!d->opened) {
		buf_add(b, d->has_contact ? S("\"held\"") : S("null"));
		return;
	}
	buf_byte(b, '{');
	add_pair(b, true, S("name"), c->name);
	add_pair(b, false, S("mail"), c->mail);
	add_pair(b, false, S("phone"), c->phone);
	add_pair(b, false, S("address"), c->address);
	add_pair(b, false, S("guardian"), c->guardian);
	buf_byte(b, '}');
}

static void
add_row(struct buf *b, const struct dossier_row *row)
{
	buf_byte(b, '{');
	for (ptrdiff_t i = 0; i < row->n; i++)
		add_pair(b, i == 0, row->fact[i].name, row->fact[i].raw);
	buf_byte(b, '}');
}

static void
add_network(struct buf *b, const struct dossier *d)
{
	buf_byte(b, '{');
	add_pair(b, true, S("network"), d->network);
	add_pair(b, false, S("code"), d->code);
	add_contact(b, d);
	buf_add(b, S(",\n\"held\": {"));
	for (ptrdiff_t i = 0; i < d->n; i++) {
		const struct dossier_part *p = &d->part[i];
		buf_add(b, i > 0 ? S(",\n") : S("\n"));
		buf_json(b, str_c(p->table->table));
		buf_add(b, S(": ["));
		for (ptrdiff_t r = 0; r < p->n; r++) {
			buf_add(b, r > 0 ? S(",\n  ") : S("\n  "));
			add_row(b, &p->row[r]);
		}
		buf_byte(b, ']');
	}
	buf_add(b, S("}}"));
}

enum err
dossier_json(
    struct arena *a, const struct dossier *d, ptrdiff_t n, struct str *out)
{
	struct buf b = buf_new(a, DOSSIER_BYTES);
	buf_byte(&b, '[');
	for (ptrdiff_t i = 0; i < n; i++) {
		buf_add(&b, i > 0 ? S(",\n") : S(""));
		add_network(&b, &d[i]);
	}
	buf_add(&b, S("]\n"));
	*out = buf_str(&b);
	return b.full ? ERR_TOO_LARGE : ERR_OK;
}
