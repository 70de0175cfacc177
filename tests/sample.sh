#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Writes tests/samples/NNNN.sql: the worked example as the schema of this
# release keeps it, NNNN being the newest migration.  Called once before a
# release; from then on tests/model/samples.c brings it up to each later schema,
# on both databases.  The key is the sample's own and opens nothing else.
#
#	tests/sample.sh
set -eu
cd "$(dirname "$0")/.."
newest=$(ls sql | sed -n 's/^\([0-9]\{4\}\)_.*/\1/p' | tail -n 1)
out=tests/samples/$newest.sql
dir=$(mktemp -d)
chmod 755 "$dir"
trap 'sh tests/pg.sh stop "$dir/pg" >/dev/null 2>&1; rm -rf "$dir"' EXIT
url=$(sh tests/pg.sh start "$dir/pg")
build/samskab demo --data "$dir/data" --database "$url" \
	--log-level error >"$dir/links"
{
	echo "-- SPDX-License-Identifier: MPL-2.0"
	echo "-- The worked example on schema $newest; made by tests/sample.sh."
	printf -- "-- key %s\n" "$(od -An -v -tx1 "$dir/data/key" | tr -d ' \n')"
	# Ids and bytes are written as :id'..' and :bytes'..': each database has
	# its own word for them.
	pg_dump --data-only --column-inserts --no-owner \
		--exclude-table="schema_*" "$url" |
		awk '/^INSERT INTO/ { on = 1 } on; /\);$/ { on = 0 }' | sed -E \
		-e 's/^INSERT INTO public\./INSERT INTO /' \
		-e "s/([(, ])'([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})'/\1:id'\2\3\4\5\6'/g" \
		-e "s/([(, ])'\\\\x([0-9a-f]*)'/\1:bytes'\2'/g"
} >"$dir/sample"
mv "$dir/sample" "$out"
chmod 644 "$out"
wc -c "$out"
