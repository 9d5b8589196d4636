# Sotto: `make help` lists what can be made.
#
# Everything that is built goes to $(BUILD), except the WebAssembly modules, which are kept in
# wasm-out/ so that a shop needs no compiler. Nothing here is a list of files: a new source file in
# src/ or a new tests/unit/test_*.c is found by its place.

BUILD    ?= build
WASM_OUT ?= wasm-out
PORT     ?= 8080

MAKEFLAGS += --no-builtin-rules --no-print-directory
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc)
endif
ifndef V
.SILENT:
endif
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

# ---- Native: the core, the tools around it, the command line --------------------------------------

CC       ?= cc
OPTIMISE ?= -O2
WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wpedantic -Wstrict-prototypes -Werror
CFLAGS   ?=
C_FLAGS   = -std=c11 $(OPTIMISE) -g $(WARNINGS) -Isrc -MMD -MP $(CFLAGS)

# The tools may use libraries and the system; the core has nothing but itself.
LIBRARIES := libcjson zlib libzstd libsodium libmicrohttpd libbrotlienc openblas
TOOL_FLAGS = -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -pthread
TOOL_LIBS  = $(shell pkg-config --libs $(LIBRARIES)) -pthread -lm

LAYERS  := base format model profile ranking decisions bindings
LAYER_C := $(foreach layer,$(LAYERS),$(wildcard src/$(layer)/*.c))
CORE_C  := $(filter-out src/format/%_write.c,$(LAYER_C))
TOOL_C  := $(filter src/format/%_write.c,$(LAYER_C)) $(wildcard src/train/*.c)
CLI_C   := $(wildcard src/cli/*.c)
TEST_C  := $(wildcard tests/unit/test_*.c tests/risk/test_*.c tests/vectors/*.c tests/bench/*.c)

objects  = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
TESTS   := $(patsubst tests/%.c,$(BUILD)/tests/%,$(TEST_C))

.PHONY: all built help setup wasm web size types shop demo test unit-test browser-test silence faults check checked \
        fuzz bench bench-quality bench-scale install clean

all:
	tests/setup.sh check
	$(MAKE) built
built: $(BUILD)/sotto wasm web

$(BUILD)/sotto: $(call objects,$(CLI_C)) $(BUILD)/libtools.a $(BUILD)/libsotto.a
	echo "  link   $@"
	$(CC) $(C_FLAGS) -o $@ $^ $(TOOL_LIBS)

$(BUILD)/libsotto.a: $(call objects,$(CORE_C))
$(BUILD)/libtools.a: $(call objects,$(TOOL_C))
$(BUILD)/lib%.a:
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/obj/src/train/%.o $(BUILD)/obj/src/cli/%.o $(BUILD)/obj/tests/%.o: private C_FLAGS += \
        $(TOOL_FLAGS) -Itests

# Loops over floats become vector instructions only at -O3, and square roots only without errno.
FLOAT_O := $(addprefix $(BUILD)/obj/src/train/,lanes.o embedding.o session_encoder.o softmax.o \
        fit_vectors.o fit_reranker.o teach.o)
$(FLOAT_O): private C_FLAGS += $(TOOL_FLAGS) -O3 -fno-math-errno -fno-trapping-math

$(BUILD)/obj/%.o: %.c
	mkdir -p $(@D)
	echo "  cc     $<"
	$(CC) $(C_FLAGS) -c -o $@ $<

$(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(BUILD)/libtools.a $(BUILD)/libsotto.a
	mkdir -p $(@D)
	$(CC) $(C_FLAGS) -o $@ $^ $(TOOL_LIBS)

# Tests of the command line's own files get those as well.
$(BUILD)/libcli.a: $(call objects,$(filter-out src/cli/main.c,$(CLI_C)))
$(patsubst src/cli/%.c,$(BUILD)/tests/unit/test_%,$(CLI_C)) $(BUILD)/tests/bench/arbiter: $(BUILD)/tests/%: \
        $(BUILD)/obj/tests/%.o $(BUILD)/libcli.a $(BUILD)/libtools.a $(BUILD)/libsotto.a
	mkdir -p $(@D)
	$(CC) $(C_FLAGS) -o $@ $^ $(TOOL_LIBS)

.SECONDARY: $(call objects,$(TEST_C))
-include $(patsubst %.c,$(BUILD)/obj/%.d,$(LAYER_C) $(TOOL_C) $(CLI_C) $(TEST_C))

# ---- WebAssembly: the same core for the browser, and for Node and edge servers --------------------

WASM_H     := $(wildcard src/*.h) $(foreach layer,$(LAYERS),$(wildcard src/$(layer)/*.h))
WASM_FLAGS := -std=c11 -DNDEBUG $(WARNINGS) -Isrc

# Three modules from the same sources: what a page needs before its first decision (marked SOTTO_PAGE
# in src/bindings), what it loads afterwards into the same memory (SOTTO_LATER), and everything, for
# Node and edge servers, whose engines all have SIMD.
CALLS_H     := $(wildcard src/bindings/wasm_[elpw]*.h)
calls       = $(shell grep -ohP '$(1)\bsotto_wasm_\w+(?=\x28)' $(CALLS_H) | grep -oE '\w+$$' | sort -u)
PAGE_CALLS  := $(shell grep -ohP '^SOTTO_PAGE\x28\K\w' $(CALLS_H))
LATER_CALLS := $(call calls,^SOTTO_LATER .*)
WHOLE_CALLS := $(call calls,^(?!SOTTO_PAGE)[a-zA-Z].*)
CALLS       := $(PAGE_CALLS) $(WHOLE_CALLS)

EMSCRIPTEN  := $(or $(EMCC),emcc)
EM_FLAGS   = -Oz -mbulk-memory -mcpu=mvp -msign-ext -mmutable-globals -mnontrapping-fptoint --no-entry \
        -sSTANDALONE_WASM -sFILESYSTEM=0 -sMALLOC=none -sSUPPORT_ERRNO=0 -sALLOW_MEMORY_GROWTH=1 \
        -sBINARYEN_EXTRA_PASSES=--one-caller-inline-max-function-size=90
# What a page's module exports says so itself, by a letter (wasm_exports.h); the others are named here.
em_exports = -sEXPORTED_FUNCTIONS=$(shell echo $(1:%=_%) | tr ' ' ,)

# The two modules of a page share a struct; this lets them tell whether they are of one build.
WASM_BUILD = -DSOTTO_WASM_BUILD=0x$(shell cat $(CORE_C) $(WASM_H) | sha256sum | head -c 8)u

# The linker sees to it that the two modules of a page do not meet in their one memory: the first
# fits into 4 pages of 64 KB, the second lies in the fifth.
EM_PAGE   := -DSOTTO_NO_TEXTS -sINITIAL_MEMORY=262144 -sTOTAL_STACK=32768
EM_LATER  := -DSOTTO_NO_TEXTS -DSOTTO_WASM_LATER -sINITIAL_MEMORY=327680 -sTOTAL_STACK=16384 \
        -sIMPORTED_MEMORY=1 -sGLOBAL_BASE=262144

# Linked without clang's driver, which would run any wasm-opt in the path over it.
ifdef WASI_SDK
WASI_CC    := $(WASI_SDK)/bin/clang --target=wasm32-wasip1
WASI_LD    := $(WASI_SDK)/bin/wasm-ld
WASI_LIB   := $(WASI_SDK)/share/wasi-sysroot/lib/wasm32-wasip1
else
WASI_CC    := clang-19 --target=wasm32-wasi -nostdlibinc -isystem /usr/include/wasm32-wasi
WASI_LD    := wasm-ld-19
WASI_LIB   := /usr/lib/wasm32-wasi
endif
WASI_START := $(WASI_LIB)/crt1-reactor.o
WASI_LIBS   = $(WASI_LIB)/libc.a $(shell $(WASI_CC) --print-libgcc-file-name)
WASI_O := $(patsubst %.c,$(BUILD)/wasi/%.o,$(CORE_C))

wasm: $(WASM_OUT)/built-with.txt

$(BUILD)/wasm/sotto.wasm: $(CORE_C) $(WASM_H) Makefile
	mkdir -p $(@D)
	echo "  wasm   $@"
	$(EMSCRIPTEN) $(WASM_FLAGS) $(EM_FLAGS) $(EM_PAGE) $(WASM_BUILD) \
	        $(call em_exports,) $(CORE_C) -o $@
	node tests/wasm-prune.mjs $@ $(PAGE_CALLS)

# Twice: where the browser has SIMD, ranking takes a third of the time; both give the same answers.
$(BUILD)/wasm/sotto-later.wasm: private LATER_FLAGS := -msimd128
$(BUILD)/wasm/sotto-later-base.wasm: private LATER_FLAGS := -DSOTTO_NO_SIMD
$(BUILD)/wasm/sotto-later.wasm $(BUILD)/wasm/sotto-later-base.wasm: $(CORE_C) $(WASM_H) Makefile
	mkdir -p $(@D)
	echo "  wasm   $@"
	$(EMSCRIPTEN) $(WASM_FLAGS) $(EM_FLAGS) -O2 $(EM_LATER) $(LATER_FLAGS) $(WASM_BUILD) \
	        $(call em_exports,$(LATER_CALLS)) $(CORE_C) -o $@
	node tests/wasm-prune.mjs $@ $(LATER_CALLS)

# For measuring: built as the page's, with the calls that the bench makes.
$(BUILD)/bench/sotto.wasm: $(CORE_C) $(WASM_H) Makefile
	mkdir -p $(@D)
	$(EMSCRIPTEN) $(WASM_FLAGS) $(EM_FLAGS) -sINITIAL_MEMORY=1048576 -sTOTAL_STACK=32768 \
	        $(call em_exports,$(WHOLE_CALLS)) $(CORE_C) -o $@
	node tests/wasm-prune.mjs $@ $(CALLS)

$(BUILD)/wasm/sotto-wasi.wasm: $(WASI_O)
	mkdir -p $(@D)
	echo "  wasi   $@"
	$(WASI_LD) $(WHOLE_CALLS:%=--export=%) --entry=_initialize --strip-all $(WASI_START) $^ $(WASI_LIBS) -o $@

$(BUILD)/wasi/%.o: %.c $(WASM_H) Makefile
	mkdir -p $(@D)
	$(WASI_CC) $(WASM_FLAGS) -O2 -mbulk-memory -msimd128 -c $< -o $@

# Beside the modules stand what they export, how large they are and what built them.
MODULES := sotto.wasm sotto-later.wasm sotto-later-base.wasm sotto-wasi.wasm
$(WASM_OUT)/built-with.txt: $(MODULES:%=$(BUILD)/wasm/%) tests/wasm-facts.mjs tests/wasm-layout.mjs \
        tests/wasm-read.mjs
	mkdir -p $(@D)
	cp $(MODULES:%=$(BUILD)/wasm/%) $(@D)
	node tests/wasm-facts.mjs $(@D) sotto.wasm="$(PAGE_CALLS)" sotto-later.wasm="$(LATER_CALLS)" \
	        sotto-later-base.wasm="$(LATER_CALLS)" sotto-wasi.wasm="$(CALLS)"
	node tests/wasm-layout.mjs $(@D)
	{ $(EMSCRIPTEN) --version | sed -n 1p; $(WASI_CC) --version | sed -n 1p; } > $@

# ---- The page: one file that loads before the first decision, the rest when asked for -------------

WEB_JS := $(wildcard web/*.js web/*/*.js web/*/*/*.js)

# Names of ours that no shop and no browser knows become letters.
INNER_NAMES := ^($(shell paste -sd '|' web/inner-names.txt))$$

web: $(BUILD)/web/sotto.js $(BUILD)/web/sotto.wasm
$(BUILD)/web/sotto.wasm: $(WASM_OUT)/built-with.txt
	mkdir -p $(@D)
	cp $(WASM_OUT)/*.wasm $(@D)

$(BUILD)/web/sotto.js: $(WEB_JS) web/inner-names.txt package-lock.json
	echo "  bundle $@"
	mkdir -p $(@D)
	rm -f $(@D)/*.js
	node_modules/.bin/esbuild web/sotto.js --bundle --splitting --minify --format=esm --target=es2022 \
	        --alias:sotto/inspector=./inspector.js --external:./inspector.js \
	        --log-level=warning --outdir=$(@D) --metafile=$(BUILD)/web-parts.json \
	        --mangle-props='$(INNER_NAMES)'
	node_modules/.bin/esbuild web/privacy.js web/why.js web/inspector.js --bundle --splitting --minify --format=esm \
	        --target=es2022 --log-level=warning --outdir=$(@D) --metafile=$(BUILD)/web-elements.json \
	        --external:./sotto.js
	for file in $(@D)/*.js; do \
	    node_modules/.bin/terser $$file --module --compress passes=3 --mangle --ecma 2020 -o $$file || exit; \
	done

size: web wasm
	node tests/size.mjs

types:
	tests/types.sh

# ---- The demo shop: made, trained and published as any shop's would be ---------------------------

DEMO      := $(BUILD)/demo
DEMO_SRC  := $(shell find demo-shop -type f)

demo:
	tests/setup.sh build
	$(MAKE) built shop
	echo "  serve  the demo shop, until Ctrl-C; PORT=8081 for another port, ?sotto-inspect in an address for the inspector"
	$(BUILD)/sotto serve $(DEMO)/shop --port $(PORT)

shop: $(DEMO)/shop/sotto/manifest.sotto
$(DEMO)/shop/sotto/manifest.sotto: $(DEMO)/model.sotto $(BUILD)/web/sotto.js $(BUILD)/web/sotto.wasm
	$(BUILD)/sotto publish $(DEMO)/site.json -o $(@D)

$(DEMO)/model.sotto: $(DEMO)/events.ndjson.gz $(BUILD)/sotto
	$(BUILD)/sotto train $(DEMO)/site.json

$(DEMO)/events.ndjson.gz: $(DEMO_SRC)
	echo "  shop   $(DEMO)"
	node demo-shop/generate/main.mjs --out $(DEMO)

# ---- Where the system looks ------------------------------------------------------------------------

PREFIX  ?= /usr/local
DESTDIR ?=

# The program, what it publishes beside the bundle, and the manual page. What is built is taken as it is,
# so that this may run as root without building anything as root.
install:
	test -x $(BUILD)/sotto -a -f $(BUILD)/web/sotto.wasm || { echo "first: make" >&2; exit 1; }
	install -D -m 755 $(BUILD)/sotto $(DESTDIR)$(PREFIX)/bin/sotto
	install -d $(DESTDIR)$(PREFIX)/share/sotto $(DESTDIR)$(PREFIX)/share/man/man1
	rm -f $(DESTDIR)$(PREFIX)/share/sotto/*.js $(DESTDIR)$(PREFIX)/share/sotto/*.wasm
	install -m 644 $(BUILD)/web/*.js $(BUILD)/web/*.wasm $(DESTDIR)$(PREFIX)/share/sotto
	install -m 644 docs/sotto.1 $(DESTDIR)$(PREFIX)/share/man/man1

# ---- Tests -----------------------------------------------------------------------------------------

export BUILD WASM_OUT

setup:
	tests/setup.sh build

test:
	tests/setup.sh test
	$(MAKE) built shop $(TESTS)
	tests/run

unit-test: $(TESTS)
	tests/run unit risk

browser-test: built shop
	tests/run browser

# What leaves the browser is the same for every shopper, shown pair by pair: about half an hour.
# PAIRS="firefox=5 seed=3" plays five pairs in one engine, from another seed; with `leaks` the leaks as well.
silence: built shop
	node tests/silence/main.mjs $(PAIRS)

# What `make test` plays a little of: every step of IndexedDB failing in every way, private windows, storage
# refused and full, the browser killed 200 times while it saves, a thousand turns of two to eight tabs in each
# engine, clocks that jump, devices of every past version and full of garbage.
# FAULTS="ways=20 seed=3" plays one part, a twentieth of it, from another seed; BROWSER=firefox one engine.
faults: built
	node tests/faults/main.mjs $(FAULTS)

# What `make test` leaves out because it takes minutes: the same tests under the sanitizers, and the
# modules in wasm-out/ against a rebuild.
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
check: test
	echo "  again, under the address and undefined-behaviour sanitizers"
	mkdir -p $(BUILD)/sanitized
	ln -sfn ../web $(BUILD)/sanitized/web
	$(MAKE) BUILD=$(BUILD)/sanitized OPTIMISE=-O1 CFLAGS="$(SANITIZE)" checked
	$(MAKE) BUILD=$(BUILD)/again WASM_OUT=$(BUILD)/again/wasm-out wasm
	tests/same-wasm.sh $(BUILD)/again/wasm-out

checked: $(TESTS) $(BUILD)/sotto
	tests/run unit risk cli

# Each fuzzer in tests/fuzz for a minute, or for FUZZ_S seconds; wants clang and its libFuzzer
# (libclang-rt-19-dev).
FUZZ_S ?= 60
fuzz: $(patsubst tests/%.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))
	for fuzzer in $^; do $$fuzzer -max_len=8192 -max_total_time=$(FUZZ_S) || exit; done

$(BUILD)/fuzz/%: tests/fuzz/%.c $(LAYER_C) $(WASM_H)
	mkdir -p $(@D)
	clang-19 -std=c11 -g -O1 -fsanitize=fuzzer,address,undefined -Isrc $< $(LAYER_C) -o $@

bench: built $(addprefix $(BUILD)/tests/bench/,decide shelve segments arbiter) $(BUILD)/bench/sotto.wasm
	node tests/bench/run.mjs

# Every figure of docs/QUALITY.md, about half an hour; ONLY="next-click clusters" measures a part. The
# public data sets are looked for in SOTTO_DATA, else in ../shared/data; `scale` makes its own logs. The
# comparison with boosted trees (ONLY=trees) installs LightGBM, which nothing else needs, with Python's
# venv and pip into $(BUILD)/quality; without them it says so and is left out.
bench-quality: $(BUILD)/sotto
	node tests/quality/main.mjs $(ONLY)

bench-scale: $(BUILD)/sotto
	node tests/quality/main.mjs scale

clean:
	rm -rf $(BUILD)

help:
	echo "make              build the command line, the wasm modules and the page's JavaScript"
	echo "make demo         install what is missing, build, train and publish the demo shop, serve it"
	echo "make test         install what is missing, build, run every test"
	echo "make setup        only install what building needs"
	echo "make unit-test    only the C tests            make browser-test  only the browsers"
	echo "make check        every test, then again under sanitizers, and a rebuild of the wasm"
	echo "make wasm         wasm-out/                   make size          what a page loads"
	echo "make bench        speeds, as ratios           make types         check the JavaScript's types"
	echo "make bench-quality  docs/QUALITY.md           make bench-scale   its large shops"
	echo "make fuzz         a minute of each fuzzer"
	echo "make faults       failing storage, browsers killed, tabs at once, clocks that jump, garbage"
	echo "make silence      what leaves the browser, for 140 pairs of shoppers"
	echo "make install      sotto, what it publishes, its manual page; PREFIX=/usr/local DESTDIR="
	echo "make clean        remove build/"
	echo
	echo "PORT=8080         where make demo serves      V=1                show the commands"
	echo "CC= EMCC= WASI_SDK=/path                      other compilers"
	echo "BUILD=build WASM_OUT=wasm-out                 other folders"
