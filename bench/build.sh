# SPDX-License-Identifier: MPL-2.0
# The build from nothing, the unit and page tests, and a page's first load.
# shellcheck shell=bash

took() { # COMMAND...: its seconds
	local from
	from=$(date +%s.%N)
	"$@" >"$tmp/took.log" 2>&1 || {
		tail -n 5 "$tmp/took.log" >&2
		exit 1
	}
	awk -v from="$from" -v to="$(date +%s.%N)" \
		'BEGIN { printf "%.1f", to - from }'
}

# A copy of what the repository holds; the packages of npm are there already.
build() {
	heading "Build from clean, downloads excluded" "make bench-build"
	local s
	mkdir "$tmp/tree"
	git ls-files -z | xargs -0 cp --parents -t "$tmp/tree"
	ln -s "$PWD/node_modules" "$tmp/tree/node_modules"
	s=$(MAKEFLAGS='' took make -C "$tmp/tree" -j2)
	rm -rf "$tmp/tree"
	row "make -j2, s" "$s" "" "$(verdict "$s" "" 90)"
}

# Those that need no network, child process or file: a round of them is what
# one waits for while writing code.
tests() {
	heading "Unit and page tests, with sanitizers" "make bench-tests"
	local s all=0 name
	make -j2 V=asan test-programs >/dev/null
	for name in base db model report web tools; do
		s=$(took build/asan/tests-$name)
		row "tests-$name, s" "$s"
		all=$(awk -v a="$all" -v b="$s" 'BEGIN { print a + b }')
	done
	row "together, s" "$all" "" "$(verdict "$all" "" 10)"
}

# Chromium does the measuring; the limits are in the test.
first_load() {
	heading "First load, 400 kbit/s, 400 ms, a quarter of the processor" \
		"make bench-load"
	tools/journeys.sh tests/journeys/weight.test.mjs |
		sed -n 's/^ *# \(.* bytes, text after .*\)/  \1/p'
	echo "  aims: <= 122880 bytes on the wire, text in 2000 ms"
}
