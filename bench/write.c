/* SPDX-License-Identifier: MPL-2.0 */
#include "bench/write.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/id.h"
#include "bench/stat.h"
#include "http/forms.h"

struct str
write_request(struct arena *a, const struct visitor *s)
{
	int64_t now_us = clock_now_us();
	struct str id = id_text(a, id_new(now_us));
	struct str key = id_text(a, id_new(now_us));
	struct str text = form_escape(a, WRITE_TEXT);
	struct str path = str_fmt(a, "%.*s/gem/" WRITE_SLUG "/%.*s",
	    STR_ARG(s->network), STR_ARG(id));
	struct str form = str_fmt(a,
	    "csrf=%.*s&key=%.*s&rev=0&side=plan&text=%.*s&state=%.*s&answer=",
	    STR_ARG(s->csrf), STR_ARG(key), STR_ARG(text),
	    STR_ARG(WRITE_STATE));
	return client_post(a, &s->target, path, s->cookie, form);
}

bool
write_is_saved(const struct visitor *s, const struct answer *answer)
{
	return answer->status == 303 &&
	    str_starts(answer_header(answer, S("Location")), s->network);
}

void
write_report(double *latency_us, ptrdiff_t n, double seconds)
{
	double middle = stat_median(latency_us, n);
	double late = stat_percentile(latency_us, n, 0.99);
	printf("%.0f %.2f %.2f\n", (double)n / seconds, middle / 1000,
	    late / 1000);
}
