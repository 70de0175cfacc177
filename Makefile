# SPDX-License-Identifier: MPL-2.0
# Samskab: one Makefile, no generator.  `make` builds build/samskab;
# `make check` is what ./check runs after it installed what is missing.
#
# V picks a variant, each in its own folder:
#   release  gcc with hardening (default)      asan   gcc, ASan + UBSan, tests
#   clang    clang, warnings only              fuzz   clang libFuzzer
V ?= release
O := build/$(V)
GEN := build/gen

PKGS := libmicrohttpd libpq libsodium libcurl jansson libqpdf libzip \
	libqrencode \
	gmp cairo pango pangocairo pangoft2 fontconfig harfbuzz \
	libcrypto libseccomp zlib \
	libturbojpeg libpng libwebp expat
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lunistring -lstemmer -lglpk

WARN := -std=c17 -D_GNU_SOURCE -Wall -Wextra -Wconversion \
	-Wno-sign-conversion -Wshadow -Wmissing-prototypes -Wvla -Werror
INC := -Isrc -I$(GEN) -Ibuild/sqlite
HARDEN := -O2 -g -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
	-fstack-clash-protection -fcf-protection \
	-ftrivial-auto-var-init=zero -fPIE
CC_release := gcc
CFLAGS_release := $(HARDEN)
LDFLAGS_release := -pie -Wl,-z,relro,-z,now
CC_asan := gcc
CFLAGS_asan := -O1 -g -fno-omit-frame-pointer -DARENA_DEBUG \
	-fsanitize=address,undefined -fno-sanitize-recover=all
LDFLAGS_asan := -fsanitize=address,undefined
CC_clang := clang
CFLAGS_clang := -O1 -g
LDFLAGS_clang :=
CC_fuzz := clang
CFLAGS_fuzz := -O1 -g -fno-omit-frame-pointer -DARENA_DEBUG \
	-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LDFLAGS_fuzz := -fsanitize=address,undefined
CC := $(CC_$(V))
CFLAGS := $(WARN) $(INC) $(CFLAGS_$(V)) $(PKG_CFLAGS) -MMD -MP
LDFLAGS := $(LDFLAGS_$(V))

FOLDERS := base db engine solver model report jobs http web cli
objects = $(patsubst src/%.c,$(O)/src/%.o,$(wildcard src/$(1)/*.c))
SRC_OBJS := $(foreach f,$(FOLDERS),$(call objects,$(f)))

all: build/samskab
print-libs: # for scripts that link: tests/engine/rank_same.sh
	@echo $(PKG_LIBS)
.PHONY: print-libs

# The engine gives the same bits whatever the compiler and its options.
$(O)/src/engine/%.o: CFLAGS += -ffp-contract=off $(ENGINE_$(V))
ENGINE_asan := -O2 # arithmetic: or the sanitizers take most of the tests' time
$(O)/src/%.o: src/%.c | gen
	@mkdir -p $(@D)
	@echo "  CC $@"; $(CC) $(CFLAGS) -c -o $@ $<

# ---- SQLite: the amalgamation, compiled once a compiler ----
SQLITE_DIR ?= node_modules/better-sqlite3/deps/sqlite3
SQLITE_OBJ := build/sqlite/sqlite3-$(CC).o
SQLITE_FLAGS := -O2 -g -w -fPIE -fstack-protector-strong -DNDEBUG \
	-DSQLITE_THREADSAFE=2 -DSQLITE_ENABLE_FTS5 -DSQLITE_SECURE_DELETE \
	-DSQLITE_DEFAULT_WAL_SYNCHRONOUS=2 -DSQLITE_DEFAULT_SYNCHRONOUS=2 \
	-DSQLITE_DEFAULT_FOREIGN_KEYS=1 -DSQLITE_DEFAULT_MEMSTATUS=0 \
	-DSQLITE_DEFAULT_FILE_PERMISSIONS=0600 -DSQLITE_DQS=0 \
	-DSQLITE_TRUSTED_SCHEMA=0 -DSQLITE_OMIT_LOAD_EXTENSION \
	-DSQLITE_OMIT_DEPRECATED -DSQLITE_OMIT_SHARED_CACHE \
	-DSQLITE_LIKE_DOESNT_MATCH_BLOBS -DSQLITE_MAX_MMAP_SIZE=0 \
	-DSQLITE_TEMP_STORE=3 -DSQLITE_STRICT_SUBTYPE=1 -DHAVE_USLEEP=1
build/sqlite/sqlite3.h: $(SQLITE_DIR)/sqlite3.h
	@mkdir -p $(@D)
	cp $< $@
$(SQLITE_OBJ): $(SQLITE_DIR)/sqlite3.c build/sqlite/sqlite3.h
	@echo "  CC $@"; $(CC) $(SQLITE_FLAGS) -c -o $@ $<
gen: build/sqlite/sqlite3.h

# ---- migrations ----
$(GEN)/migrations.c: build/tools/embedsql $(sort $(wildcard sql/*.sql))
	@mkdir -p $(@D)
	$< $(filter %.sql,$^) >$@.new && mv $@.new $@
build/tools/embedsql: tools/embedsql.c
	@mkdir -p $(@D)
	gcc $(WARN) -O1 -o $@ $<
$(O)/gen/migrations.o: $(GEN)/migrations.c
	@mkdir -p $(@D)
	@echo "  CC $@"; $(CC) $(CFLAGS) -c -o $@ $<
ARCHIVE_EXTRA_db := $(SQLITE_OBJ) $(O)/gen/migrations.o

# ---- generated: views, messages ----
TOOL_BASE := tools/tool.c src/base/arena.c src/base/str.c src/base/buf.c
TOOL_HDRS := $(wildcard tools/*.h) $(wildcard src/base/*.h)
TOOL_CC = gcc $(WARN) -O1 -g -Isrc -Itools -o $@ $(filter %.c,$^)
build/tools/tmplc: tools/tmplc.c tools/tmpl_parse.c tools/tmpl_fields.c \
		tools/tmpl_html.c tools/tmpl_emit.c tools/po.c src/web/view.c \
		src/base/lang_format.c src/base/clock.c $(TOOL_BASE) \
		$(TOOL_HDRS) src/web/view.h
	@mkdir -p $(@D)
	$(TOOL_CC)
build/tools/msgc: tools/msgc.c tools/po.c $(TOOL_BASE) $(TOOL_HDRS)
	@mkdir -p $(@D)
	$(TOOL_CC)

VIEWS := $(sort $(wildcard src/web/*.html))
VIEW_C := $(patsubst src/web/%.html,$(GEN)/view_%.c,$(VIEWS))
# The header is only written when it changes: what includes it stays built.
$(GEN)/view_%.c: src/web/%.html build/tools/tmplc locale/da.po locale/en.po
	@mkdir -p $(@D)
	build/tools/tmplc --out $(@D) --da locale/da.po --en locale/en.po $<
$(GEN)/view_%.h: $(GEN)/view_%.c ;
$(GEN)/messages.c: build/tools/msgc locale/da.po locale/en.po
	@mkdir -p $(@D)
	build/tools/msgc --out $@ locale/da.po locale/en.po

# Assets (assets/ and what assets/npm.list names) and catalogue/, embedded.
build/tools/embed: tools/embed.c src/base/secret.c src/base/rand.c \
		$(TOOL_BASE) $(TOOL_HDRS)
	@mkdir -p $(@D)
	$(TOOL_CC) -lsodium -lz
# The design system's style sheet, of which the views' rules are kept.
build/tools/csstrim: tools/csstrim.c $(TOOL_BASE) $(TOOL_HDRS)
	@mkdir -p $(@D)
	$(TOOL_CC)
$(GEN)/dkfds.css: build/tools/csstrim $(VIEWS) \
		node_modules/dkfds/dist/css/dkfds.min.css
	@mkdir -p $(@D)
	build/tools/csstrim node_modules/dkfds/dist/css/dkfds.min.css $@ \
		$(VIEWS)
	@touch $@
ASSETS := $(filter-out assets/npm.list assets/README.md,\
	$(sort $(wildcard assets/*)))
NPM_ASSETS := $(shell sed -n 's/^\([^\#].*\) -> .*/\1/p' assets/npm.list)
$(GEN)/assets.c: build/tools/embed assets/npm.list $(ASSETS) $(NPM_ASSETS)
	@mkdir -p $(@D)
	build/tools/embed --assets $@ assets/npm.list $(ASSETS)
CATALOGUE := $(sort $(wildcard catalogue/*.json))
$(GEN)/catalogue.c: build/tools/embed $(CATALOGUE)
	@mkdir -p $(@D)
	build/tools/embed --catalogue $@ $(CATALOGUE)

gen: $(VIEW_C) $(VIEW_C:.c=.h) $(GEN)/messages.c
$(O)/gen/%.o: $(GEN)/%.c | gen
	@mkdir -p $(@D)
	@echo "  CC $@"; $(CC) $(CFLAGS) -c -o $@ $<
# The fonts of PDF files, as bytes: the linker names them after the files.
PDF_FONT_DIR ?= node_modules/dkfds/src/fonts/IBMPlexSans/complete/ttf
PDF_FONTS := IBMPlexSans-Regular.ttf IBMPlexSans-Italic.ttf \
	IBMPlexSans-SemiBold.ttf IBMPlexSans-SemiBoldItalic.ttf
$(O)/gen/fonts.o: $(addprefix $(PDF_FONT_DIR)/,$(PDF_FONTS))
	@mkdir -p $(@D)
	cd $(PDF_FONT_DIR) && ld -r -b binary -z noexecstack \
		-o $(abspath $@) $(PDF_FONTS)
ARCHIVE_EXTRA_report := $(O)/gen/fonts.o
ARCHIVE_EXTRA_base := $(O)/gen/messages.o
ARCHIVE_EXTRA_model := $(O)/gen/catalogue.o
ARCHIVE_EXTRA_web := $(patsubst $(GEN)/%.c,$(O)/gen/%.o,$(VIEW_C)) \
	$(O)/gen/assets.o
.SECONDARY: $(VIEW_C)

# ---- messages: sources -> locale/samskab.pot -> locale/*.po -> C ----
# The .pot is the same on every machine: no dates, no paths outside the tree.
XGETTEXT := xgettext --language=C --from-code=UTF-8 --omit-header --no-wrap \
	--sort-output --add-location=file --keyword --keyword=tr:2 \
	--keyword=trn:2,3 --keyword=N_:1 --keyword=req_tr:2 \
	--keyword=req_tr1:2 --keyword=req_tr2:2 --force-po
PO_FORM := --no-wrap --sort-output --add-location=file
$(GEN)/samskab.pot: build/tools/tmplc $(VIEWS) $(wildcard src/*/*.c)
	@mkdir -p $(@D)
	@build/tools/tmplc --pot $(GEN)/views.pot $(VIEWS)
	@$(XGETTEXT) -o $(GEN)/c.body $(filter %.c,$^)
	@sed -n '1,/^$$/p' $(GEN)/views.pot >$(GEN)/c.pot
	@sed '/^#, c-format$$/d' $(GEN)/c.body >>$(GEN)/c.pot
	@msgcat --use-first $(PO_FORM) -o $@ $(GEN)/views.pot $(GEN)/c.pot

# New messages come into the .po files with an empty msgstr.
messages: $(GEN)/samskab.pot
	cp $< locale/samskab.pot
	@for l in da en; do \
		msgmerge --quiet --no-fuzzy-matching $(PO_FORM) \
			locale/$$l.po $< | msgattrib --no-obsolete $(PO_FORM) \
			>build/gen/$$l.po && \
		{ cmp -s build/gen/$$l.po locale/$$l.po || \
			cp build/gen/$$l.po locale/$$l.po; } || exit 1; done

check-messages: $(GEN)/samskab.pot build/tools/msgc
	@msgfmt --check-format --check-domain -o /dev/null locale/da.po
	@msgfmt --check-format --check-domain -o /dev/null locale/en.po
	@cmp -s $< locale/samskab.pot || { \
		echo "locale/samskab.pot is not current: make messages"; exit 1; }
	build/tools/msgc --check $< locale/da.po locale/en.po
.PHONY: messages check-messages

# ---- documents made from the sources ----
build/tools/docs: tools/docs.c src/base/settings.c src/base/utf8.c \
		src/settings.def $(TOOL_BASE) $(TOOL_HDRS)
	@mkdir -p $(@D)
	$(TOOL_CC) -lunistring
docs: build/tools/docs
	build/tools/docs doc/settings.md
# Which sentences of the guide (S1 to S56) a test names, and which none does.
build/tools/requirements: tools/requirements.c $(TOOL_BASE) $(TOOL_HDRS)
	@mkdir -p $(@D)
	$(TOOL_CC)
requirements: build/tools/requirements
	@build/tools/requirements tests
.PHONY: docs requirements

# ---- lint: each part can be called alone ----
LINT_C := $(sort $(wildcard src/*.c src/*/*.c src/*/*.h tools/*.[ch] \
	tests/*.[ch] tests/*/*.[ch] bench/*.[ch]))
LINT_TEXT := $(sort $(wildcard src/*.def src/*/*.def sql/*.sql assets/*.css \
	assets/*.js src/web/*.html tests/*.sh tests/*/*.sh tests/*/*.js \
	tests/*/*.mjs bench/*.sh bench/*.js *.md doc/*.md doc/*/*.md))
build/tools/lint: tools/lint.c tools/lint_text.c tools/lint_name.c \
		$(TOOL_BASE) $(TOOL_HDRS)
	@mkdir -p $(@D)
	$(TOOL_CC)
lint-house: build/tools/lint
	@build/tools/lint --allow tools/lint.allow $(LINT_C) $(LINT_TEXT)
# Parts of statements that several files use.
SQL_PARTS := src/model/search.h src/model/contribution.h src/model/recall.h src/model/trace_parts.h
lint-sql: build/tools/sqllist
	@build/tools/sqllist --lint $(SQL_PARTS) \
		$(sort $(wildcard src/*.c src/*/*.c))
lint-format:
	@clang-format --dry-run -Werror $(LINT_C)
lint-cppcheck:
	@cppcheck --quiet -j2 --std=c11 --language=c --error-exitcode=1 \
		--enable=warning,performance,portability --inline-suppr \
		--suppress=missingInclude -Isrc -Itools src tools bench
# One stamp a file, so that only what changed is looked at again.
TIDY := $(patsubst %.c,build/tidy/%.ok,$(filter %.c,$(filter-out \
	tests/%,$(LINT_C))))
build/tidy/%.ok: %.c .clang-tidy | gen
	@mkdir -p $(@D)
	@clang-tidy --quiet $< -- -std=c17 -D_GNU_SOURCE $(INC) -I. -Itools \
		$(PKG_CFLAGS) 2>/dev/null || { echo "clang-tidy: $<"; exit 1; }
	@clang -MM -MT $@ -std=c17 -D_GNU_SOURCE $(INC) -I. -Itools \
		$(PKG_CFLAGS) $< >$(@:.ok=.d)
	@touch $@
-include $(wildcard $(TIDY:.ok=.d))
lint-tidy: $(TIDY)
lint-docs: build/tools/docs
	@build/tools/docs --check doc/settings.md
lint: lint-house lint-sql lint-format lint-cppcheck lint-docs \
	check-messages lint-tidy
.PHONY: lint lint-house lint-sql lint-format lint-cppcheck lint-tidy lint-docs

# One archive a folder: a test links its own folder and those below it.
define archive
$(O)/$(1).a: $(call objects,$(1)) $(ARCHIVE_EXTRA_$(1))
	@rm -f $$@
	@ar rcs $$@ $$^
endef
$(foreach f,$(FOLDERS),$(eval $(call archive,$(f))))

gen:

# ---- bench: what it measures, and how to read it, is in bench/README.md ----
BENCH_SHARED := $(addprefix $(O)/bench/,stat.o client.o write.o example.o)
BENCH_PROGRAMS := $(addprefix $(O)/bench/,pairs signin fetch posts votes room result moved lane bare \
	watch start grow people search voices voices_in shifts trace timed groups_data engine_groups \
	engine_rank)
$(O)/bench/%.o: bench/%.c | gen
	@mkdir -p $(@D)
	@echo "  CC $@"; $(CC) $(CFLAGS) -I. -c -o $@ $<
$(O)/bench/%: $(O)/bench/%.o $(BENCH_SHARED) $(foreach f,$(FOLDERS),$(O)/$(f).a)
	@echo "  LD $@"; $(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) \
		-Wl,--start-group $(filter %.a,$^) -Wl,--end-group \
		$(PKG_LIBS) -lm
$(O)/bench/engine_groups: $(O)/bench/groups_replay.o
.SECONDARY: $(BENCH_PROGRAMS:=.o) $(BENCH_SHARED)
-include $(BENCH_PROGRAMS:=.d) $(BENCH_SHARED:.o=.d) $(O)/bench/groups_replay.d
bench-programs: build/samskab $(BENCH_PROGRAMS)
bench:
	tools/deps.sh bench
	@$(MAKE) -j2 bench-programs
	@bench/run.sh
bench-%: bench-programs
	@bench/run.sh $*
.PHONY: bench bench-programs

# ---- the program ----
$(O)/samskab: $(O)/src/main.o $(foreach f,$(FOLDERS),$(O)/$(f).a)
	@echo "  CC $@"; $(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group \
		$(filter %.a,$^) -Wl,--end-group $(PKG_LIBS) -lm
ifeq ($(V),release)
build/samskab: $(O)/samskab
	ln -f $< $@
else
build/samskab:
	$(MAKE) V=release $@
endif
-include $(O)/src/main.d

# ---- the engine as a library, and everything in its place ----
ENGINE_LIB := build/libsamskab-engine.a
$(ENGINE_LIB): $(call objects,engine) $(call objects,base)
	@rm -f $@
	@ar rcs $@ $^
PREFIX ?= /usr/local
PUT := install -D -m 644
install-engine: $(ENGINE_LIB)
	$(PUT) $< $(DESTDIR)$(PREFIX)/lib/libsamskab-engine.a
	for h in src/engine/*.h src/base/*.h; do $(PUT) $$h \
		$(DESTDIR)$(PREFIX)/include/samskab/$${h#src/} || exit 1; done
	$(PUT) man/samskab-engine.3 -t $(DESTDIR)$(PREFIX)/share/man/man3
install: all install-engine
	install -D build/samskab $(DESTDIR)$(PREFIX)/bin/samskab
	for m in man/*.1; do $(PUT) $$m \
		-t $(DESTDIR)$(PREFIX)/share/man/man1 || exit 1; done
.PHONY: install install-engine

# Only compiled: another compiler's opinion.
compile: $(SRC_OBJS) $(O)/src/main.o
.PHONY: compile

# ---- tests: one program a folder, build/asan/tests-FOLDER ----
BELOW_base := base
BELOW_db := db base
BELOW_engine := engine base
BELOW_solver := solver engine base

BELOW_model := model engine db base
BELOW_report := report model engine db base
BELOW_jobs := jobs report model solver engine db base
BELOW_http := http base
BELOW_web := web jobs report model solver engine http db base
BELOW_cli := cli web jobs report model solver engine http db base
BELOW_tools := base
BELOW_durable := db base
TEST_FOLDERS := $(FOLDERS) tools durable
# tests/tools runs the tools and renders views of its own.
TEST_VIEWS := $(patsubst tests/tools/views/%.html,$(GEN)/test/view_%.c,\
	$(wildcard tests/tools/views/*.html))
$(GEN)/test/view_%.c: tests/tools/views/%.html build/tools/tmplc \
		tests/tools/views/da.po
	@mkdir -p $(@D)
	build/tools/tmplc --out $(@D) --da tests/tools/views/da.po $<
$(O)/tests/tools/views.o: $(TEST_VIEWS)
TEST_LIBS_tools := -lz
TEST_EXTRA_tools := $(O)/src/web/view.o $(O)/src/web/assets.o \
	$(O)/gen/assets.o $(patsubst $(GEN)/%.c,$(O)/gen/%.o,$(TEST_VIEWS)) \
	$(O)/bench/stat.o
.SECONDARY: $(TEST_VIEWS)
$(O)/tests-tools: build/tools/tmplc build/tools/msgc build/tools/embed \
	build/tools/lint build/tools/docs build/tools/requirements \
	build/tools/csstrim build/tools/replay-planted
TEST_EXTRA_db := $(O)/gen/sql_list.o
TEST_EXTRA_web := $(O)/tests/model/fixture.o $(O)/tests/model/rounds.o \
	$(O)/tests/model/volunteers.o $(O)/tests/report/help.o
TEST_EXTRA_jobs := $(O)/tests/model/fixture.o $(O)/tests/model/volunteers.o \
	$(O)/tests/model/decided.o
TEST_EXTRA_report := $(O)/tests/model/fixture.o $(O)/tests/model/decided.o \
	$(O)/tests/model/rounds.o $(O)/tests/engine/groups_golden.o
TEST_EXTRA_cli := $(O)/tests/jobs/rig.o $(O)/tests/engine/groups_golden.o \
	$(O)/bench/groups_replay.o
TEST_EXTRA_durable := $(O)/src/web/lane.o $(O)/tests/web/writes.o
TEST_HELP := tests/main.c tests/test.c
TEST_HELP_DB := tests/test_db.c tests/faults.c
test_objects = $(patsubst %.c,$(O)/%.o,$(1))
define test_program
$(O)/tests-$(1): $(call test_objects,$(wildcard tests/$(1)/*.c) $(TEST_HELP) \
		$(if $(filter db,$(BELOW_$(1))),$(TEST_HELP_DB))) \
		$(TEST_EXTRA_$(1)) $(foreach f,$(BELOW_$(1)),$(O)/$(f).a)
	@echo "  LD $$@"; $$(CC) $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) -Wl,--start-group \
		$$(filter %.a,$$^) -Wl,--end-group $$(PKG_LIBS) $(TEST_LIBS_$(1)) -lcmocka -lm
-include $(patsubst %.c,$(O)/%.d,$(wildcard tests/$(1)/*.c tests/*.c))
endef
$(foreach f,$(TEST_FOLDERS),$(eval $(call test_program,$(f))))
$(O)/tests/%.o: tests/%.c | gen
	@mkdir -p $(@D)
	@echo "  CC $@"; $(CC) $(CFLAGS) -Itests -I. -c -o $@ $<

# ---- fuzz targets: tests/fuzz/NAME.c, its corpus in tests/fuzz/corpus/NAME ----
# replay-NAME runs the corpus; with V=fuzz fuzz-NAME searches on from it.
FUZZ := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c))
FUZZ_HELP := tests/fuzz.c tests/rfc9112.c
FUZZ_LIBS = -Wl,--start-group $(foreach f,$(FOLDERS),$(O)/$(f).a) \
	-Wl,--end-group $(PKG_LIBS) -lm
$(O)/replay-%: $(O)/tests/fuzz/%.o $(O)/tests/replay.o \
		$(call test_objects,$(FUZZ_HELP)) \
		$(foreach f,$(FOLDERS),$(O)/$(f).a)
	@echo "  LD $@"; $(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) $(FUZZ_LIBS)
$(O)/fuzz-%: $(O)/tests/fuzz/%.o $(call test_objects,$(FUZZ_HELP)) \
		$(foreach f,$(FOLDERS),$(O)/$(f).a)
	@echo "  LD $@"; $(CC) -fsanitize=fuzzer $(LDFLAGS) -o $@ \
		$(filter %.o,$^) $(FUZZ_LIBS)
-include $(patsubst %.c,$(O)/%.d,$(wildcard tests/fuzz/*.c))
.SECONDARY: $(foreach f,$(FUZZ),$(O)/tests/fuzz/$(f).o) $(O)/tests/replay.o \
	$(call test_objects,$(FUZZ_HELP))
fuzz-programs: $(addprefix $(O)/fuzz-,$(FUZZ))
# Searches with every target, for so many seconds each.
FUZZ_SECONDS ?= 60
fuzz:
	$(MAKE) V=fuzz fuzz-programs
	@tools/fuzz.sh $(FUZZ_SECONDS) $(FUZZ)
# A target with faults, which tests/tools/replay.c must see found.
build/tools/replay-planted: tests/planted.c tests/replay.c tests/fuzz.c \
		tests/fuzz.h $(TOOL_BASE) $(TOOL_HDRS)
	@mkdir -p $(@D)
	$(TOOL_CC) -I. -DARENA_DEBUG -fno-sanitize-recover=all $(LDFLAGS_asan)
.PHONY: fuzz-programs fuzz

test-programs: $(foreach f,$(TEST_FOLDERS),$(O)/tests-$(f)) \
	$(addprefix $(O)/replay-,$(FUZZ))

# ---- every SQL statement of the model, for tests/db/statements.c ----
build/tools/sqllist: tools/sqllist.c
	@mkdir -p $(@D)
	gcc $(WARN) -O1 -o $@ $<
$(GEN)/sql_list.c: build/tools/sqllist $(SQL_PARTS) $(wildcard src/model/*.c)
	@mkdir -p $(@D)
	$< $(filter %.h %.c,$^) >$@.new && mv $@.new $@
$(O)/gen/sql_list.o: $(GEN)/sql_list.c
	@mkdir -p $(@D)
	@echo "  CC $@"; $(CC) $(CFLAGS) -I. -c -o $@ $<

.PHONY: all gen test-programs
-include $(SRC_OBJS:.o=.d) $(wildcard $(O)/gen/*.d)
