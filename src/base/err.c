/* SPDX-License-Identifier: MPL-2.0 */
#include "base/err.h"

const char *
err_name(enum err e)
{
	switch (e) {
	case ERR_OK:
		return "ok";
	case ERR_NOT_FOUND:
		return "not_found";
	case ERR_DENIED:
		return "denied";
	case ERR_INVALID:
		return "invalid";
	case ERR_CONFLICT:
		return "conflict";
	case ERR_SIGNIN:
		return "signin";
	case ERR_LIMITED:
		return "limited";
	case ERR_TOO_LARGE:
		return "too_large";
	case ERR_UNAVAIL:
		return "unavailable";
	case ERR_INTERNAL:
		return "internal";
	}
	return "unknown";
}
