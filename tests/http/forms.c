/* SPDX-License-Identifier: MPL-2.0 */
#include "http/forms.h"

#include "base/buf.h"
#include "tests/test.h"

static struct str
shown(struct arena *a, struct http_pairs pairs)
{
	struct buf b = buf_new(a, 1 << 20);
	for (ptrdiff_t i = 0; i < pairs.n; i++) {
		buf_byte(&b, '[');
		buf_add(&b, pairs.list[i].name);
		buf_byte(&b, '|');
		buf_add(&b, pairs.list[i].value);
		buf_byte(&b, ']');
	}
	return buf_str(&b);
}

struct example {
	struct str in;
	const char *out; /* NULL: refused */
};

static const struct example urlencoded[] = {
    {S_INIT(""), ""},
    {S_INIT("a=b"), "[a|b]"},
    {S_INIT("a=b&c=d"), "[a|b][c|d]"},
    {S_INIT("a"), "[a|]"},
    {S_INIT("a="), "[a|]"},
    {S_INIT("=b"), "[|b]"},
    {S_INIT("a=b=c"), "[a|b=c]"},
    {S_INIT("&&a=b&"), "[a|b]"},
    {S_INIT("a=1&a=2"), "[a|1][a|2]"},
    {S_INIT("a+b=c+d"), "[a b|c d]"},
    {S_INIT("a%2Bb=c%26d%3D"), "[a+b|c&d=]"},
    {S_INIT("t=bl%C3%A5b%c3%a6r"), "[t|bl\303\245b\303\246r]"},
    {S_INIT("t=bl\303\245"), "[t|bl\303\245]"},
    {S_INIT("t=a%CC%8A"), "[t|\303\245]"}, /* a + ring is å */
    {S_INIT("t=x%0D%0Ay"), "[t|x\ny]"},
    {S_INIT("t=x%0By%0Cz"), "[t|x\ny\nz]"}, /* from a word processor */
    {S_INIT("t=x%09y"), "[t|x\ty]"},
    {S_INIT("%2525=%2525"), "[%25|%25]"}, /* once */
    {S_INIT("a=%"), NULL},
    {S_INIT("a=%4"), NULL},
    {S_INIT("a=%4g"), NULL},
    {S_INIT("a=%00"), NULL},
    {S_INIT("a=\0"), NULL},
    {S_INIT("a=%01"), NULL},
    {S_INIT("a=%7F"), NULL},
    {S_INIT("a=%C2%85"), NULL},
    {S_INIT("a=%FF"), NULL},
    {S_INIT("a=%C3"), NULL},
    {S_INIT("a=%C0%AF"), NULL},
    {S_INIT("a=%ED%A0%80"), NULL},
    {S_INIT("a=%F4%90%80%80"), NULL},
    {S_INIT("%FF=a"), NULL},
};

static const struct example cookies[] = {
    {S_INIT(""), ""},
    {S_INIT("a=b"), "[a|b]"},
    {S_INIT("a=b; c=d"), "[a|b][c|d]"},
    {S_INIT("a=b;c=d ; e = f"), "[a|b][c|d][e|f]"},
    {S_INIT("a=b=c"), "[a|b=c]"},
    {S_INIT("a=\"b\""), "[a|b]"},
    {S_INIT("a=\""), "[a|\"]"},
    {S_INIT("a="), "[a|]"},
    {S_INIT("a; =b; ;c=d"), "[c|d]"},
    {S_INIT("a=1; a=2"), "[a|1][a|2]"},
    {S_INIT("a=%41"), "[a|%41]"},
    {S_INIT("a=\303\245"), "[a|\303\245]"},
    {S_INIT("a=\377"), NULL},
    {S_INIT("a=b\0c"), NULL},
};

typedef enum err parser(struct arena *, struct str, struct http_pairs *);

static void
try_all(struct arena *a, const struct example *list, ptrdiff_t n, parser *parse)
{
	for (ptrdiff_t i = 0; i < n; i++) {
		struct http_pairs pairs;
		enum err e = parse(a, list[i].in, &pairs);
		if ((e == ERR_OK) != (list[i].out != NULL))
			print_error("%.*s: ", STR_ARG(list[i].in));
		CHECK_INT(e, list[i].out != NULL ? ERR_OK : ERR_INVALID);
		if (e == ERR_OK)
			CHECK_STR(shown(a, pairs), str_c(list[i].out));
	}
}

TEST(forms_urlencoded)
{
	try_all(arena, urlencoded, COUNT_OF(urlencoded), form_parse_urlencoded);
}

TEST(forms_cookies)
{
	try_all(arena, cookies, COUNT_OF(cookies), form_parse_cookies);
}

TEST(forms_at_most_2000_pairs)
{
	struct http_pairs pairs;
	struct buf b = buf_new(arena, 1 << 20);
	for (int i = 0; i < 2000; i++)
		buf_add(&b, S("a=b&"));
	CHECK_OK(form_parse_urlencoded(arena, buf_str(&b), &pairs));
	CHECK_INT(pairs.n, 2000);
	buf_add(&b, S("a=b"));
	CHECK_INT(
	    form_parse_urlencoded(arena, buf_str(&b), &pairs), ERR_INVALID);
}

TEST(forms_escape_and_back)
{
	struct str text = S("Bl\303\245b\303\246r & \"5 %\" +~-._/?#'"), back;
	struct str escaped = form_escape(arena, text);
	CHECK_STR(escaped,
	    S("Bl%C3%A5b%C3%A6r%20%26%20%225%20%25%22%20%2B~-._%2F%3F%23%27"));
	CHECK_OK(form_unescape(arena, escaped, false, &back));
	CHECK_STR(back, text);
	CHECK_OK(form_unescape(arena, S("a+b"), false, &back));
	CHECK_STR(back, S("a+b"));
	CHECK_OK(form_unescape(arena, S("a+b"), true, &back));
	CHECK_STR(back, S("a b"));
	CHECK_OK(form_unescape(arena, S("%2541"), false, &back));
	CHECK_STR(back, S("%41"));
}

/* ---- multipart ---- */

#define FIELD(name, value)                                     \
	"--XX\r\nContent-Disposition: form-data; name=\"" name \
	"\"\r\n\r\n" value "\r\n"
#define PART(head, value) "--XX\r\n" head "\r\n\r\n" value "\r\n"
#define DISPOSITION "Content-Disposition: form-data; "
#define END "--XX--\r\n"

/* Files are shown as {field|name|type|bytes}. */
static const struct example multipart[] = {
    {S_INIT(END), ""},
    {S_INIT("--XX--"), ""},
    {S_INIT(FIELD("a", "b") END), "[a|b]"},
    {S_INIT(FIELD("a", "b") FIELD("c", "") END), "[a|b][c|]"},
    {S_INIT(FIELD("a", "x\r\ny") END), "[a|x\ny]"},
    {S_INIT(FIELD("a", "b--XX") END), "[a|b--XX]"},
    {S_INIT(FIELD("a", "a\314\212") END), "[a|\303\245]"},
    {S_INIT(FIELD("a;b=c", "d") END), "[a;b=c|d]"},
    {S_INIT(PART(DISPOSITION "name=a", "b") END), "[a|b]"},
    {S_INIT(PART("content-disposition:form-data;name=a", "b") END), "[a|b]"},
    {S_INIT(
	 PART(DISPOSITION "name=\"a\"\r\nContent-Type: text/plain", "b") END),
	"[a|b]"},
    {S_INIT(PART(DISPOSITION "name=\"f\"; filename=\"x.jpg\"\r\n"
			     "Content-Type: image/jpeg",
	 "\377\330\0\r\n\1") END),
	"{f|x.jpg|image/jpeg|6}"},
    {S_INIT(PART(DISPOSITION "filename=\"a;b.txt\"; name=\"f\"", "12") END),
	"{f|a;b.txt||2}"},
    {S_INIT(PART(DISPOSITION "name=\"f\"; filename=\"\"", "") END), "{f|||0}"},
    {S_INIT(PART(DISPOSITION "name=\"filename=\"", "b") END), "[filename=|b]"},
    {S_INIT(FIELD("a", "b")), NULL},
    {S_INIT(""), NULL},
    {S_INIT("hello"), NULL},
    {S_INIT("--X"), NULL},
    {S_INIT("--XXY" END), NULL},
    {S_INIT(PART(DISPOSITION "name=a;", "b") END), "[a|b]"},
    {S_INIT(PART(DISPOSITION "name=a;; name=b", "c") END), NULL},
    {S_INIT(PART(DISPOSITION "name=a; a name=b", "c") END), NULL},
    {S_INIT(PART(DISPOSITION "name=a; \"name\"=b", "c") END), NULL},
    {S_INIT(PART(DISPOSITION "name=a; =b", "c") END), NULL},
    {S_INIT(PART(DISPOSITION "name=a\"b", "c") END), NULL},
    {S_INIT(PART(DISPOSITION "name=a b", "c") END), NULL},
    {S_INIT(PART(DISPOSITION "name=\302\240a", "c") END), NULL},
    {S_INIT(PART(DISPOSITION "\302\240name=a", "c") END), NULL},
    {S_INIT("preamble\r\n" FIELD("a", "b") END), NULL},
    {S_INIT(FIELD("a", "b") END "epilogue"), NULL},
    {S_INIT(FIELD("a", "\377") END), NULL},
    {S_INIT(FIELD("a", "\0") END), NULL},
    {S_INIT(FIELD("a", "\1") END), NULL},
    {S_INIT(FIELD("", "b") END), NULL},
    {S_INIT(FIELD("\377", "b") END), NULL},
    {S_INIT(PART("X: y", "b") END), NULL},
    {S_INIT(PART("", "b") END), NULL},
    {S_INIT(PART(DISPOSITION "name=a\r\n " DISPOSITION "name=b", "c") END),
	NULL},
    {S_INIT(PART(DISPOSITION "name=a\r\n" DISPOSITION "name=b", "c") END),
	NULL},
    {S_INIT(PART(DISPOSITION "name=a; name=b", "c") END), NULL},
    {S_INIT(PART(DISPOSITION "name=\"a", "c") END), NULL},
    {S_INIT(PART(DISPOSITION "name=\"a\"b", "c") END), NULL},
    {S_INIT(PART(DISPOSITION "name=f; filename=\"a\\\"b\"", "c") END), NULL},
    {S_INIT(PART(DISPOSITION "name=f; filename*=UTF-8''a", "c") END), NULL},
    {S_INIT(PART("Content-Disposition: attachment; name=a", "c") END), NULL},
    {S_INIT(PART("Content-Disposition: form-dataX; name=a", "c") END), NULL},
    {S_INIT(PART(DISPOSITION "name=a\r\nContent-Transfer-Encoding: base64",
	 "Yg==") END),
	NULL},
};

static struct str
shown_files(struct arena *a, const struct http_file *file, ptrdiff_t n)
{
	struct buf b = buf_new(a, 1 << 20);
	for (ptrdiff_t i = 0; i < n; i++)
		buf_fmt(&b, "{%.*s|%.*s|%.*s|%td}", STR_ARG(file[i].field),
		    STR_ARG(file[i].name), STR_ARG(file[i].type),
		    file[i].bytes.n);
	return buf_str(&b);
}

TEST(forms_multipart)
{
	for (ptrdiff_t i = 0; i < COUNT_OF(multipart); i++) {
		const struct example *x = &multipart[i];
		struct http_pairs pairs;
		struct http_file *files;
		ptrdiff_t n;
		enum err e = form_parse_multipart(
		    arena, x->in, S("XX"), &pairs, &files, &n);
		if ((e == ERR_OK) != (x->out != NULL))
			print_error("%.*s: ", STR_ARG(x->in));
		CHECK_INT(e, x->out != NULL ? ERR_OK : ERR_INVALID);
		if (e == ERR_OK)
			CHECK_STR(str_cat(arena, shown(arena, pairs),
				      shown_files(arena, files, n)),
			    str_c(x->out));
	}
}

TEST(forms_multipart_boundary)
{
	struct http_pairs pairs;
	struct http_file *files;
	ptrdiff_t n;
	struct str longest = S("0123456789012345678901234567890123456789"
			       "012345678901234567890123456789");
	struct str body = str_fmt(arena, "--%.*s--", STR_ARG(longest));
	CHECK_OK(
	    form_parse_multipart(arena, body, longest, &pairs, &files, &n));
	CHECK_INT(form_parse_multipart(arena, str_cat(arena, body, S("x")),
		      str_cat(arena, longest, S("x")), &pairs, &files, &n),
	    ERR_INVALID);
	CHECK_INT(
	    form_parse_multipart(arena, S("----"), S(""), &pairs, &files, &n),
	    ERR_INVALID);
}

TEST(forms_multipart_at_most_100_files)
{
	struct http_pairs pairs;
	struct http_file *files;
	ptrdiff_t n;
	struct buf b = buf_new(arena, 1 << 20);
	for (int i = 0; i < 100; i++)
		buf_add(&b, S(PART(DISPOSITION "name=f; filename=x", "y")));
	struct str most = str_cat(arena, buf_str(&b), S(END));
	CHECK_OK(
	    form_parse_multipart(arena, most, S("XX"), &pairs, &files, &n));
	CHECK_INT(n, 100);
	CHECK_STR(files[99].bytes, S("y"));
	buf_add(&b, S(PART(DISPOSITION "name=f; filename=x", "y") END));
	CHECK_INT(form_parse_multipart(
		      arena, buf_str(&b), S("XX"), &pairs, &files, &n),
	    ERR_INVALID);
}

/* Two thousand parts of nothing take time in proportion, not squared. */
TEST(forms_multipart_many_small_parts)
{
	struct http_pairs pairs;
	struct http_file *files;
	ptrdiff_t n;
	struct buf b = buf_new(arena, 1 << 20);
	for (int i = 0; i < 2000; i++)
		buf_add(&b, S(FIELD("a", "b")));
	buf_add(&b, S(END));
	CHECK_OK(form_parse_multipart(
	    arena, buf_str(&b), S("XX"), &pairs, &files, &n));
	CHECK_INT(pairs.n, 2000);
}

/* Cut anywhere, it is refused rather than guessed at. */
TEST(forms_multipart_cut)
{
	struct http_pairs pairs;
	struct http_file *files;
	ptrdiff_t n;
	struct str whole = S(FIELD("titel", "S\303\270ndag")
		PART(DISPOSITION "name=\"fil\"; filename=\"a;b.txt\"\r\n"
				 "Content-Type: text/plain",
		    "linje\r\n") END);
	CHECK_OK(
	    form_parse_multipart(arena, whole, S("XX"), &pairs, &files, &n));
	for (ptrdiff_t i = 0; i < whole.n - 2; i++)
		CHECK_INT(form_parse_multipart(arena, str_sub(whole, 0, i),
			      S("XX"), &pairs, &files, &n),
		    ERR_INVALID);
}

TEST(forms_first_of_a_name_counts)
{
	struct http_pairs pairs;
	CHECK_OK(form_parse_urlencoded(arena, S("a=1&b=&a=2"), &pairs));
	CHECK_STR(http_get(pairs, S("a")), S("1"));
	CHECK(http_has(pairs, S("b")));
	CHECK(!http_has(pairs, S("c")));
}
