/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_CODING_VIEW_H
#define WEB_CODING_VIEW_H

#include "model/coding.h"
#include "view_codings.h"
#include "view_option.h"
#include "web/req.h"

/* coding_view.h - the codes of what people said, where several pages show
 * them.  Memory is the request's.  Tests: tests/web/coding.c */

/* Of one contribution, with the form for more where `who` may. */
enum err coding_view(
    struct req *, const struct contribution *, struct view_codings *) MUST_USE;

/* "A Afmagt", one below another as "Omsorg: Trøst". */
struct str code_title(
    struct req *, const struct codebook *, const struct book_code *);

/* "/netvaerk/N/koder/ID". */
struct str code_href(struct req *, struct id, const char *rest);

/* Those to choose from, the one chosen marked; retired ones where `all`. */
enum err code_options(struct req *, struct id chosen, bool all,
    struct view_option_array *) MUST_USE;

#endif
