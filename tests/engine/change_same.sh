#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# tests/engine/change_same.sh - samskab change and lix give the same bytes
# whatever built the engine: gcc and clang, -O0 and -O3.  The engine and a small
# program over it are built four ways; every bit of every result is compared.
#
#	sh tests/engine/change_same.sh		from the top of the tree
#
# A fifth build with -Ofast must differ: else the comparison sees nothing.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir -p "$dir/gen"

build() { # name compiler options
	name=$1
	compiler=$2
	shift 2
	"$compiler" -std=c17 -D_GNU_SOURCE -Isrc "$@" -o "$dir/$name" \
		tests/engine/same/print.c src/engine/change*.c \
		src/engine/lix*.c src/engine/stats.c src/engine/random.c \
		src/base/arena.c src/base/str.c src/base/buf.c -lsodium -lm
	"$dir/$name" >"$dir/$name.out"
}

build gcc0 gcc -O0 -ffp-contract=off
build gcc3 gcc -O3 -march=native -ffp-contract=off
build clang0 clang -O0 -ffp-contract=off
build clang3 clang -O3 -march=native -ffp-contract=off
build loose gcc -Ofast -march=native
for name in gcc3 clang0 clang3; do
	cmp "$dir/gcc0.out" "$dir/$name.out" || exit 1
done
if cmp -s "$dir/gcc0.out" "$dir/loose.out"; then
	echo "change_same: -Ofast made no difference, so nothing was shown"
	exit 1
fi
echo "change_same: 4 builds, $(wc -l <"$dir/gcc0.out") lines, the same bytes"
