#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# The same input gives the same bytes with gcc and clang, -O0 and -O3: builds
# what samskab draw computes with four ways and compares its --json.
#
#	tests/solver/same.sh PEOPLE TARGETS SIZE [OPTION...]
set -eu
cd "$(dirname "$0")/../.."
people=$1 targets=$2 size=$3
shift 3
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat >"$dir/main.c" <<'END'
#include "cli/cli.h"
#include "base/secret.h"
int
main(int argc, char **argv)
{
	struct cli *cli;
	struct arena *a = arena_open(1 << 30);
	secret_init();
	cli = arena_new(a, struct cli, 1);
	cli->name = "draw";
	cli->arena = a;
	cli->argc = argc - 1;
	cli->argv = argv + 1;
	return command_draw(cli);
}
END
for cc in gcc clang; do
	for level in -O0 -O3; do
		$cc $level -std=c17 -D_GNU_SOURCE -ffp-contract=off -Isrc \
			-o "$dir/draw" "$dir/main.c" src/engine/*.c \
			src/solver/*.c src/jobs/draw*.c src/cli/draw*.c src/cli/files.c \
			src/cli/cli.c build/release/base.a -ljansson -lsodium -lgmp -lglpk -lunistring -lm
		"$dir/draw" --people "$people" --targets "$targets" \
			--size "$size" --seed same --json --panels "$@" \
			>"$dir/$cc$level.json"
		cmp "$dir/gcc-O0.json" "$dir/$cc$level.json"
	done
done
echo "same bytes: gcc and clang, -O0 and -O3"
