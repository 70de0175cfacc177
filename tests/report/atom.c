/* SPDX-License-Identifier: MPL-2.0 */
#include "report/atom.h"

#include "help.h"

static struct atom_entry
entry(int n, const char *title, int64_t us)
{
	struct id id = {{0}};
	id.b[15] = (unsigned char)n;
	return (struct atom_entry){.id = id,
	    .title = str_c(title),
	    .text = S("Der er lys & en bænk.\nNu."),
	    .url = S("https://x.test/om/1#b-1"),
	    .us = us};
}

static struct atom_feed
feed(const struct atom_entry *list, ptrdiff_t n)
{
	return (struct atom_feed){.title = S("Lys <ved> skolen"),
	    .author = S("Fjordby"),
	    .lang = S("da"),
	    .self = S("https://x.test/om/1/nyt.atom"),
	    .page = S("https://x.test/om/1"),
	    .us = INT64_C(1795500000000000),
	    .entry = list,
	    .n = n};
}

TEST(atom_is_what_the_format_says)
{
	struct str out;
	struct atom_entry list[] = {
	    entry(1, "Den første", INT64_C(1795500000000000)),
	    entry(2, "Den næste", INT64_C(1795600000000000))};
	struct atom_feed f = feed(list, 2);
	CHECK_OK(atom_write(arena, &f, &out));
	CHECK_HAS(out,
	    S("<feed xmlns=\"http://www.w3.org/2005/Atom\" "
	      "xml:lang=\"da\">"));
	CHECK_HAS(out, S("<title>Lys &lt;ved&gt; skolen</title>"));
	CHECK_HAS(
	    out, S("<id>urn:uuid:00000000-0000-0000-0000-000000000002</id>"));
	CHECK_HAS(out, S("<content>Der er lys &amp; en bænk. Nu.</content>"));
	CHECK_HAS(out, S("rel=\"self\" href=\"https://x.test/om/1/nyt.atom\""));
	/* The newest stands first, and is when the feed changed. */
	CHECK(str_find(out, S("Den næste")) < str_find(out, S("Den første")));
	ptrdiff_t at = str_find(out, S("<updated>"));
	ptrdiff_t newest = str_find(out, S("<title>Den næste"));
	struct str when = str_sub(out, at, at + 40);
	CHECK(str_find(str_sub(out, newest, out.n),
		  str_sub(when, 0, str_find(when, S("</")))) > 0);
}

TEST(atom_without_entries_is_a_feed)
{
	struct str out;
	struct atom_feed f = feed(NULL, 0);
	CHECK_OK(atom_write(arena, &f, &out));
	CHECK_HAS(out, S("<updated>2026-11-24T"));
	CHECK_LACKS(out, S("<entry>"));
	CHECK(str_ends(out, S("</feed>\n")));
}

TEST(atom_refuses_what_is_no_text)
{
	struct str out;
	struct atom_entry bad = entry(1, "En", 1);
	struct atom_feed f = feed(&bad, 1);
	bad.text = S("\x01");
	CHECK_INT(atom_write(arena, &f, &out), ERR_INVALID);
	bad.text = S("");
	bad.title = S(" ");
	CHECK_INT(atom_write(arena, &f, &out), ERR_INVALID);
	bad.title = S("En");
	f.title = S("\xff");
	CHECK_INT(atom_write(arena, &f, &out), ERR_INVALID);
}
