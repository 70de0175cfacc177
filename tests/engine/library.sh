#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# tests/engine/library.sh - the engine is a library of its own: a program that
# knows its one header and its one archive is built, linked and run.  The twin:
# without the archive it does not link.
#
#	sh tests/engine/library.sh	from the top of the tree, after `make`
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
make -s install-engine DESTDIR="$dir" PREFIX=/usr
cat >"$dir/program.c" <<'END'
#include <engine/engine.h>
#include <stdio.h>

int
main(void)
{
	struct arena *a = arena_open(1 << 24);
	struct lix lix = lix_of(a, S("Jeg går. Du løber."), LIX_PLAIN);
	struct interval i = wilson(8, 10, 0.95);
	struct random r = random_new(S("seed"), S("test"));
	printf("%.1f %.3f %d\n", lix.lix, i.low,
	    (int)random_below(&r, 6) < 6);
	arena_close(a);
	return 0;
}
END
build() {
	gcc -std=c17 -Wall -Werror -I "$dir/usr/include/samskab" \
		-o "$dir/program" "$dir/program.c" "$@"
}
build -L "$dir/usr/lib" -lsamskab-engine -lsodium -lgmp -lunistring -lm
[ "$("$dir/program")" = "2.0 0.490 1" ] || {
	"$dir/program"
	exit 1
}
! build -lsodium -lm 2>/dev/null
nm "$dir/usr/lib/libsamskab-engine.a" 2>/dev/null | grep -q glp_ && exit 1
echo "1 passed, 0 failed"
