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

# The programs that one runs again and again while writing code.  The others
# are shown, not counted: they wait for sockets, start children, draw PDF files
# for poppler to read, or kill and starve what they test.
tests() {
	heading "Unit and page tests, with sanitizers" "make bench-tests"
	local s all=0 name
	make -j2 V=asan test-programs >/dev/null
	for name in base db model web tools cli; do
		s=$(took build/asan/tests-$name)
		row "tests-$name, s" "$s"
		all=$(awk -v a="$all" -v b="$s" 'BEGIN { print a + b }')
	done
	row "together, s" "$all" "" "$(verdict "$all" "" 10)"
	for name in report http jobs durable; do
		row "not counted: tests-$name, s" \
			"$(took build/asan/tests-$name)"
	done
}

# Chromium does the measuring; the limits are in the test.
first_load() {
	heading "First load, 400 kbit/s, 400 ms, a quarter of the processor" \
		"make bench-load"
	tools/journeys.sh tests/journeys/weight.test.mjs |
		sed -n 's/^ *# \(.* bytes, text after .*\)/  \1/p'
	echo "  aims: <= 122880 bytes on the wire, text in 2000 ms"
}
