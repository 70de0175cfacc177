#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Follows "Add a page in five steps" of HACKING.md as it stands there, in a
# copy of the tree: ```LANG FILE writes a file, ```LANG >>FILE adds to one,
# ```po fills in translations, ```sh is run.  Last line: N passed, N failed.
#
# With --broken it plants a mistake in each step in turn, and passes when each
# of them is noticed.
set -u
cd "$(dirname "$0")/../.." || exit 2
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
passed=0 failed=0

fresh() {
	rm -rf "$copy/tree"
	mkdir "$copy/tree"
	# What is built already is taken along, with its times.
	tar cf - --exclude=./.git --exclude=./node_modules --exclude=./var \
		--exclude=./build/release --exclude=./build/check \
		--exclude=./build/clang --exclude=./build/fuzz . 2>/dev/null |
		tar xf - -C "$copy/tree"
	[ ! -d node_modules ] || ln -s "$PWD/node_modules" \
		"$copy/tree/node_modules"
}

# Cuts the section into blocks/NN and blocks/NN.info, in order.
cut_blocks() {
	mkdir -p "$copy/blocks"
	awk -v dir="$copy/blocks" '
	/^## / { on = /^## Add a page in five steps/ }
	!on { next }
	/^```/ && !inside {
		inside = 1; n++
		file = sprintf("%s/%02d", dir, n)
		print substr($0, 4) > (file ".info")
		printf "" > file
		next
	}
	/^```/ { inside = 0; close(file); next }
	inside { print > file }' HACKING.md
}

# Writes the translations of a block under their msgid in a .po file.
fill_po() {
	awk '
	FNR == 1 { part++ }
	/^msgid / { id = $0 }
	part == 1 && /^msgstr/ { text[id, $1] = $0; next }
	part == 2 && /^msgstr.* ""$/ && (id, $1) in text {
		print text[id, $1]; next
	}
	part == 2 { print }' "$1" "$2" >"$2.new" && mv "$2.new" "$2"
}

follow() {
	for info in "$copy"/blocks/*.info; do
		block=${info%.info}
		read -r lang file <"$info"
		case "$lang $file" in
		"po "*) fill_po "$block" "$file" ;;
		"sh ") sh -e "$block" || return 1 ;;
		*" >>"*) cat "$block" >>"${file#>>}" ;;
		*" "?*) cat "$block" >"$file" ;;
		*) echo "a block of no kind: $lang $file"; return 1 ;;
		esac
	done
}

verdict() {
	if [ "$2" = "$3" ]; then
		passed=$((passed + 1))
		echo "ok: $1"
	else
		failed=$((failed + 1))
		echo "FAILED: $1"
		tail -n 20 "$copy/log"
	fi
}

# planted NAME SED BLOCK WHY: the steps with a mistake in one block must fail
# and say why.
planted() {
	fresh
	block=$(grep -l "$3" "$copy"/blocks/*.info | head -n 1)
	block=${block%.info}
	cp "$block" "$copy/kept"
	sed -i "$2" "$block"
	(cd "$copy/tree" && follow) >"$copy/log" 2>&1
	status=$?
	cp "$copy/kept" "$block"
	grep -q -e "$4" "$copy/log" || status=unsaid
	verdict "$1 is noticed" "$status" 1
}

cut_blocks
count=$(ls "$copy"/blocks/*.info | wc -l)
verdict "HACKING.md has its blocks" "$count" 9
if [ "${1:-}" = --broken ]; then
	planted "a route without a policy" 's/ NOTHING,//' routes.def \
		'requires 8 arguments'
	planted "a wrong field in the page" 's/\.contact/.kontakt/' \
		page_goodday "has no member named .kontakt"
	planted "a value without quotes" 's/"mailto:{{contact}}"/{{contact}}/' \
		goodday.html 'goodday.html:4:.*must stand in quotes'
	planted "a route without a case" 's/goddag/godnat/' cases.def \
		'/goddag has no case'
	planted "a missing translation" 's/"Goddag"/""/' da.po \
		'missing: "Good day"'
	planted "a page that says something else" 's/37 dage/36 dage/' \
		tests/web/goodday.c 'lacks "Der er 36 dage'
else
	fresh
	(cd "$copy/tree" && follow) >"$copy/log" 2>&1
	verdict "the five steps build a page" $? 0
	grep -q '^[12] passed, 0 failed' "$copy/log"
	verdict "its test runs" $? 0
fi
echo "$passed passed, $failed failed"
[ $failed = 0 ]
