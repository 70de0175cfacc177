/* SPDX-License-Identifier: MPL-2.0 */
#ifndef JOBS_SMTP_H
#define JOBS_SMTP_H

#include <stdatomic.h>

#include "model/outbox.h"

/* smtp.h - one mail to a mail server (libcurl), as RFC 5322 wants it.
 *
 * Subject and text are UTF-8: encoded words (RFC 2047) in the header, base64
 * in the body, so that no server on the way can break an å.  The Message-ID is
 * made of the row's id, so that a mail sent twice can be recognised.
 * STARTTLS is used when the server offers it, and asked for when there is a
 * password.  Proxies of the environment are not used.  Tests: tests/jobs/smtp.c
 */
struct smtp_server {
	struct str url, user, password; /* "smtp://host:587" */
	struct str from; /* mail address */
	struct str from_name; /* the organisation */
	struct str ca_file; /* whose certificates count; "": the system's */
	/* When clock_mono_us() passes it a sending is broken off; 0: never.
	 * NULL is ok. */
	const _Atomic int64_t *until_us;
};

/* The whole message, CRLF line ends.  ERR_INVALID: an address that could mean
 * more than itself, a line break in the subject, or no text. */
enum err smtp_message(struct arena *, const struct smtp_server *,
    const struct mail_claim *, int64_t now_us, struct str *out) MUST_USE;

/* Sends it; blocks for at most a minute.  A password only goes to this machine
 * itself or through TLS.
 *
 *	ERR_UNAVAIL  the server is out of reach, silent, or does not let us in:
 *	             no other mail would fare better now
 *	ERR_LIMITED  this mail not now (4xx): try later
 *	ERR_INVALID  never (5xx for this mail, no such address)
 *
 * curl_global_init() comes first, before any thread. */
enum err smtp_send(struct arena *, const struct smtp_server *,
    const struct mail_claim *, int64_t now_us) MUST_USE;

#endif
