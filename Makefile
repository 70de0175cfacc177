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
	cairo pango pangocairo libcrypto libseccomp
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lunistring

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
CC := $(CC_$(V))
CFLAGS := $(WARN) $(INC) $(CFLAGS_$(V)) $(PKG_CFLAGS) -MMD -MP
LDFLAGS := $(LDFLAGS_$(V))

FOLDERS := base db model report jobs http web cli
objects = $(patsubst src/%.c,$(O)/src/%.o,$(wildcard src/$(1)/*.c))
SRC_OBJS := $(foreach f,$(FOLDERS),$(call objects,$(f)))

all: build/samskab

$(O)/src/%.o: src/%.c | gen
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<

# One archive a folder: a test links its own folder and those below it.
define archive
$(O)/$(1).a: $(call objects,$(1))
	@rm -f $$@
	@ar rcs $$@ $$^
endef
$(foreach f,$(FOLDERS),$(eval $(call archive,$(f))))

gen:

.PHONY: all gen
-include $(SRC_OBJS:.o=.d)
