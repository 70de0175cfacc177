/* SPDX-License-Identifier: MPL-2.0 */
#include "base/nameless.h"

#include <fcntl.h>
#include <sys/mman.h>

int
nameless_open(struct arena *a, struct str dir)
{
	const char *path = str_cstr(a, dir);
	int fd = path == NULL
	    ? -1
	    : open(path, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	return fd >= 0 ? fd : memfd_create("nameless", MFD_CLOEXEC);
}
