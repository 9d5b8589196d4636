#!/bin/sh
# setup.sh - installs what is missing, and says what and why
#
#     tests/setup.sh build      what the command line, the wasm and the page's bundle are made with
#     tests/setup.sh test       the same, and the browsers the tests drive
#     tests/setup.sh check      only says what building lacks, and fails if it lacks anything
#
# Each need is a line: how to see that it is there, the Debian or Ubuntu package that brings it,
# and why. What is there is left alone, so the second run installs nothing and asks no network.
# Browsers are the one exception to "all or nothing": a test whose browser cannot be had skips.
set -eu
cd "$(dirname "$0")/.."

purpose=${1:-test}
missing=''

say() {
    echo "setup: $*" >&2
}

# need PACKAGE WHY COMMAND...: the package is missing when the command fails.
need() {
    package=$1
    why=$2
    shift 2
    if ! "$@" >/dev/null 2>&1; then
        say "missing: $package ($why)"
        missing="$missing $package"
    fi
}

has() {
    command -v "$1"
}

header() {
    echo "#include <$1>" | cc -E -x c -
}

needs_of_the_build() {
    need gcc              'the C compiler'                           has cc
    need libc6-dev        'the C library to compile against'         header stdio.h
    need pkg-config       'finds the libraries below'                has pkg-config
    need libcjson-dev     'JSON: the site file and feeds'            header cjson/cJSON.h
    need zlib1g-dev       'logs in .gz'                              header zlib.h
    need libzstd-dev      'logs in .zst'                             header zstd.h
    need libsodium-dev    'Ed25519 signatures of the manifest'       header sodium.h
    need libmicrohttpd-dev 'the HTTP of sotto serve'                 header microhttpd.h
    need libopenblas-dev  'matrix products, to learn item vectors'   has_openblas
    need libbrotli-dev    'sizes over the wire, in sotto show and sotto eval' header brotli/encode.h
    need nodejs           'demo data, the JavaScript bundle, tests'  has node
    need npm              'the JavaScript tools of package.json'     has npm
    if [ -z "${EMCC:-}" ]; then
        need emscripten   'the wasm modules for pages'               has emcc
    fi
    if [ -z "${WASI_SDK:-}" ]; then
        need clang-19     'the WASI module: its compiler'            has clang-19
        need lld-19       'the WASI module: its linker'              has wasm-ld-19
        need wasi-libc    'the WASI module: its C library'           test -f /usr/lib/wasm32-wasi/libc.a
        need libclang-rt-19-dev-wasm32 'the WASI module: 64-bit arithmetic' wasi_builtins
    fi
}

has_openblas() {
    pkg-config --exists openblas
}

wasi_builtins() {
    test -f /usr/lib/llvm-19/lib/clang/19/lib/wasi/libclang_rt.builtins-wasm32.a
}

# Ubuntu has Chromium and Firefox only as snaps, which containers cannot install: no package then.
needs_of_the_browser_tests() {
    browser chromium       'tests in Chromium'          chromium chromium-browser google-chrome
    browser firefox-esr    'tests in Firefox'           firefox-esr firefox
    browser webkit2gtk-driver 'tests in WebKit'         WebKitWebDriver
    browser xvfb           'a screen for WebKit'        Xvfb
}

# browser PACKAGE WHY COMMAND...: any of the commands will do.
browser() {
    package=$1
    why=$2
    shift 2
    for name in "$@"; do
        if has "$name" >/dev/null; then
            return
        fi
    done
    if ! ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1 && has apt-get >/dev/null; then
        update
    fi
    if apt-cache show "$package" 2>/dev/null | grep -q '^Filename:'; then
        say "missing: $package ($why)"
        missing="$missing $package"
    else
        say "WARNING: no package $package here ($why): those tests will be skipped"
    fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

fresh=''
update() {
    if [ -z "$fresh" ]; then
        as_root apt-get update -qq >/dev/null
        fresh=yes
    fi
}

install_packages() {
    if [ -z "$missing" ]; then
        return
    fi
    if ! has apt-get >/dev/null; then
        say "this is not Debian or Ubuntu; please install what is named above, then run again"
        exit 1
    fi
    if [ "$(id -u)" != 0 ] && ! has sudo >/dev/null; then
        say "neither root nor sudo; please run: apt-get install --no-install-recommends$missing"
        exit 1
    fi
    say "installing$missing"
    update
    log=$(mktemp)
    # The names are a list, one argument each.
    # shellcheck disable=SC2086
    if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends $missing >"$log" 2>&1; then
        cat "$log" >&2
        exit 1
    fi
    rm -f "$log"
}

# npm leaves a copy of the lock file beside what it installed; one newer than ours is up to date.
installed=node_modules/.package-lock.json

modules_are_there() {
    [ -f "$installed" ] && [ ! package-lock.json -nt "$installed" ]
}

install_modules() {
    if modules_are_there; then
        return
    fi
    say "installing the tools named in package.json, at their locked versions"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
    touch "$installed"
}

needs_of_the_build
if [ "$purpose" = check ]; then
    if ! modules_are_there; then
        say "missing: the tools named in package.json (they bundle the page's JavaScript)"
        missing="$missing npm-ci"
    fi
    if [ -n "$missing" ]; then
        say 'to install it: make setup'
        exit 1
    fi
    exit 0
fi
if [ "$purpose" = test ]; then
    needs_of_the_browser_tests
fi
install_packages
install_modules
