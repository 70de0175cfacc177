/* SPDX-License-Identifier: MPL-2.0 */
#ifndef WEB_PAGE_PERSON_H
#define WEB_PAGE_PERSON_H

#include "web/req.h"

/* page_person.h - for pages beside a person's: the person's page comes back,
 * with 422, when the reason for fetching everything was missing or had a CPR
 * number in it. */
enum err page_person_again(struct req *, bool cpr);

#endif
