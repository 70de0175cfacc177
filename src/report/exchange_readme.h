/* SPDX-License-Identifier: MPL-2.0 */
#ifndef REPORT_EXCHANGE_README_H
#define REPORT_EXCHANGE_README_H

#include "base/lang.h"
#include "report/exchange.h"

/* exchange_readme.h - what stands in the files of a dialogue, column by
 * column, as a text.  A test holds it against the files. */
struct str exchange_readme(
    struct arena *, enum lang, enum polis_kind, bool open);

#endif
