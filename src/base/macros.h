/* SPDX-License-Identifier: MPL-2.0 */
#ifndef BASE_MACROS_H
#define BASE_MACROS_H

/* macros.h - the few compiler words the house uses; GNU syntax lives here
 * and nowhere else. */

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))
#define NORETURN __attribute__((noreturn))

/* The number of elements of a real array (not of a pointer). */
#define COUNT_OF(array) ((ptrdiff_t)(sizeof(array) / sizeof((array)[0])))

#endif
