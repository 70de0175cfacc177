/* SPDX-License-Identifier: MPL-2.0 */

/* embedsql - the files sql/NNNN_name.sql as C.
 *
 *	embedsql FILE... >build/gen/migrations.c
 *
 * NNNN_name.sqlite.sql and NNNN_name.pg.sql are one migration.  Numbers start
 * at 1 and go up in the order of the arguments; a name or a pair that does not
 * fit is refused, with exit 2.  The C file defines migrate_embedded() of
 * src/db/migrate.h.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct file {
	const char *path, *name; /* name: "0001_base" within path */
	int version, name_length;
	bool is_sqlite, is_pg; /* both for one text */
};

static void
stop(const char *path, const char *why)
{
	fprintf(stderr, "embedsql: %s: %s\n", path, why);
	exit(2);
}

static bool
ends(const char *s, const char *tail)
{
	size_t n = strlen(s), k = strlen(tail);
	return n >= k && strcmp(s + n - k, tail) == 0;
}

static struct file
parse_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;
	char *end;
	long version = strtol(name, &end, 10);
	if (end != name + 4 || *end != '_' || version < 1)
		stop(path, "the name is not NNNN_name.sql");
	bool sqlite = ends(name, ".sqlite.sql"), pg = ends(name, ".pg.sql");
	if (!ends(name, ".sql"))
		stop(path, "the name does not end in .sql");
	return (struct file){
	    .path = path,
	    .name = name,
	    .version = (int)version,
	    .name_length = (int)(strchr(name, '.') - name),
	    .is_sqlite = sqlite || !pg,
	    .is_pg = pg || !sqlite,
	};
}

/* As an array of bytes: a literal could be longer than compilers must take. */
static void
print_text(const char *path, const char *symbol, int version)
{
	FILE *in = fopen(path, "rb");
	if (in == NULL)
		stop(path, "cannot be read");
	printf("static const char %s_%d[] = {", symbol, version);
	long n = 0;
	for (int c; (c = getc(in)) != EOF; n++) {
		if (c > 127)
			stop(path, "holds bytes that are not ASCII");
		printf(n % 16 == 0 ? "\n\t%d," : " %d,", c);
	}
	if (n == 0)
		stop(path, "is empty");
	printf("\n};\n");
	fclose(in);
}

static bool
same(const struct file *x, const struct file *y)
{
	return x->version == y->version && x->name_length == y->name_length &&
	    strncmp(x->name, y->name, (size_t)x->name_length) == 0;
}

/* The files that make one migration: how many from list[0] on. */
static int
group(const struct file *list, int left)
{
	if (left > 1 && list[1].version == list[0].version) {
		if (!same(&list[0], &list[1]) ||
		    list[0].is_sqlite == list[1].is_sqlite)
			stop(list[1].path, "this number is taken");
		return 2;
	}
	if (!list[0].is_sqlite || !list[0].is_pg)
		stop(list[0].path, "the other database's file is missing");
	return 1;
}

static void
print_entry(const struct file *f, bool pair)
{
	const char *pg = pair ? "pg" : "sqlite";
	printf("\t{%d, S_INIT(\"%.*s\"),\n", f->version, f->name_length - 5,
	    f->name + 5);
	printf(
	    "\t    {sqlite_%d, sizeof sqlite_%d},\n", f->version, f->version);
	printf(
	    "\t    {%s_%d, sizeof %s_%d}},\n", pg, f->version, pg, f->version);
}

int
main(int argc, char **argv)
{
	if (argc < 2)
		stop("", "usage: embedsql FILE...");
	int n = argc - 1, before = 0;
	struct file *list = calloc((size_t)n, sizeof *list);
	if (list == NULL)
		stop("", "out of memory");
	for (int i = 0; i < n; i++)
		list[i] = parse_name(argv[i + 1]);
	printf("/* Made by tools/embedsql from sql/. */\n"
	       "#include \"db/migrate.h\"\n\n");
	for (int i = 0, k; i < n; i += k) {
		k = group(list + i, n - i);
		if (list[i].version <= before)
			stop(list[i].path, "its number does not go up");
		before = list[i].version;
		for (int j = 0; j < k; j++)
			print_text(list[i + j].path,
			    list[i + j].is_sqlite ? "sqlite" : "pg",
			    list[i].version);
	}
	printf("\nstatic const struct migration list[] = {\n");
	for (int i = 0, k; i < n; i += k) {
		k = group(list + i, n - i);
		print_entry(&list[i], k == 2);
	}
	printf("};\n\nstruct migrations\nmigrate_embedded(void)\n{\n"
	       "\treturn (struct migrations){list, COUNT_OF(list)};\n}\n");
	free(list);
	return 0;
}
