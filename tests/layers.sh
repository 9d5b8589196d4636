#!/bin/bash
# layers.sh - every #include points down, and the core asks nothing of its surroundings
#
# The layers stand in the order of the list below. A file includes its own layer and those before
# it; the tools (train, cli) include anything; nothing includes the tools. Apart from itself the core
# sees five headers of the C library, none of which brings memory, files, clocks or chance.
set -u
cd "$(dirname "$0")/.." || exit 1

layers='base format model profile ranking decisions bindings'
allowed='stdbool.h stddef.h stdint.h string.h limits.h'
passed=0
failed=0

complain() {
    echo "$*"
    failed=$((failed + 1))
}

# Prints "line header" for every #include of a file.
includes_of() {
    grep -noE '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"][^>"]+[>"]' "$1" |
        sed -E 's/^([0-9]+):.*([<"])([^>"]+)[>"]/\1 \2 \3/'
}

# The number of a layer, counting from 1; tools are 9, what is no layer is 0.
rank_of() {
    case "$1" in
    train | cli) echo 9 && return ;;
    esac
    local rank=0 layer
    for layer in $layers; do
        rank=$((rank + 1))
        [ "$layer" = "$1" ] && echo "$rank" && return
    done
    echo 0
}

check_file() {
    local file=$1
    local folder=${file#src/}
    folder=${folder%%/*}
    local own before=$failed line quote header
    own=$(rank_of "$folder")
    [ "$own" = 0 ] && complain "$file: src/$folder is neither a layer nor a tool"
    while read -r line quote header; do
        if [ "$quote" = '"' ]; then
            check_own_header "$file:$line" "$own" "$header"
        elif [ "$own" -lt 9 ] && ! is_writer "$file" && [[ " $allowed " != *" $header "* ]]; then
            complain "$file:$line: the core may not include <$header>"
        fi
    done < <(includes_of "$file")
    [ "$failed" = "$before" ] && passed=$((passed + 1))
}

# What writes a bundle is native and may allocate.
is_writer() {
    [[ $1 == src/format/write.h || $1 == src/format/*_write.[ch] ]]
}

check_own_header() {
    local where=$1 own=$2 header=$3
    [ "$header" = sotto.h ] && return
    if [ ! -f "src/$header" ]; then
        complain "$where: write \"$header\" as its path from src/"
        return
    fi
    local other
    other=$(rank_of "${header%%/*}")
    if [ "$other" -gt "$own" ]; then
        complain "$where: points up, to \"$header\""
    fi
}

# The rest of the core does not know the writer.
check_writers() {
    local hits
    hits=$(grep -lE '#include "format/(write|[a-z_]+_write)\.h"' \
        $(core_files | grep -v '^src/format/.*write\.[ch]$'))
    [ -z "$hits" ] && passed=$((passed + 1)) || complain "the core includes the writer: $hits"
}

core_files() {
    local layer
    for layer in $layers; do
        ls src/"$layer"/*.[ch] 2>/dev/null
    done
}

check_names() {
    local twice
    twice=$(find src -name '*.c' -printf '%f\n' | sort | uniq -d)
    [ -z "$twice" ] && passed=$((passed + 1)) || complain "two files of one name in src/:" $twice
}

# STYLE: a file past 500 lines is nearly always two ideas. A warning, not a failure.
warn_of_long_files() {
    find src web tests demo-shop \( -name '*.[ch]' -o -name '*.js' -o -name '*.mjs' \) -print0 |
        xargs -0 wc -l | awk '$1 > 500 && $2 != "total" { print "warning: " $2 " has " $1 " lines" }'
}

for file in src/*/*.[ch]; do
    check_file "$file"
done
check_writers
check_names
warn_of_long_files
echo "layers: $passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
