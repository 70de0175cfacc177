/* SPDX-License-Identifier: MPL-2.0 */
#include "model/code.h"

#include "base/secret.h"

enum { TOKEN_CHARS = 26, SHORT_MAX = 12 };

struct str
code_text(struct arena *a, struct str short_code, struct str token)
{
	return STR_JOIN(a, short_code, S("-"), token_groups(a, token));
}

/* Upper case, without spaces and dashes, O as 0, I and L as 1.  Other signs
 * stay, for those who read on to refuse. */
static struct str
forgiven(struct arena *a, struct str typed)
{
	char *p = arena_new(a, char, typed.n);
	ptrdiff_t n = 0;
	for (ptrdiff_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		if (c >= 'a' && c <= 'z')
			c = (char)(c - ('a' - 'A'));
		if (c == ' ' || c == '-')
			continue;
		if (c == 'O')
			c = '0';
		p[n++] = c == 'I' || c == 'L' ? '1' : c;
	}
	return (struct str){p, n};
}

static bool
letters_and_digits(struct str s)
{
	for (ptrdiff_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
			return false;
	}
	return true;
}

bool
code_parse(struct arena *a, struct str typed, struct code *out)
{
	if (typed.n > 4 * (TOKEN_CHARS + SHORT_MAX))
		return false;
	struct str all = forgiven(a, str_trim(typed));
	ptrdiff_t split = all.n - TOKEN_CHARS;
	*out = (struct code){
	    .short_code = str_sub(all, 0, split),
	    .token = token_normal(a, str_sub(all, split, all.n)),
	};
	return split > 0 && split <= SHORT_MAX && out->token.n > 0 &&
	    letters_and_digits(out->short_code);
}

const struct org *
code_org(const struct orgs *orgs, struct arena *a, const struct code *code)
{
	for (ptrdiff_t i = 0; i < orgs->n; i++) {
		const struct org *org = &orgs->list[i];
		if (str_eq(forgiven(a, org->short_code), code->short_code))
			return org;
	}
	return NULL;
}
