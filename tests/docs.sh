#!/bin/bash
# docs.sh - what the documents say is so
#
# Every public function has a comment, every command in the README can be run, every command of the
# program has its place in the manual page, and every file a document links to is there.
set -u
cd "$(dirname "$0")/.." || exit 1
BUILD=$(realpath -m "${BUILD:-build}")

passed=0
failed=0
skipped=0

# check NAME: counts; standard input is the list of complaints, empty if all is well.
check() {
    local complaints
    complaints=$(cat)
    if [ -z "$complaints" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$1:"
        echo "$complaints"
    fi
}

skip() {
    skipped=$((skipped + 1))
    echo "skipped: docs: $1"
}

# A function is documented by a comment in its block (the lines up to an empty one), or by being
# named in any comment of the header.
undocumented() {
    awk '
        /^[[:space:]]*$/ { commented = 0 }
        /\/\*/ { inside = 1; commented = 1 }
        inside { comments = comments $0 "\n" }
        !inside && match($0, /sotto_[a-z0-9_]+\(/) && /^SOTTO_API/ {
            name = substr($0, RSTART, RLENGTH - 1)
            line[name] = FILENAME ":" FNR
            has[name] = commented
        }
        /\*\// { inside = 0 }
        END {
            for (name in line) {
                if (!has[name] && !index(comments, name)) {
                    print line[name] ": " name " has no comment"
                }
            }
        }' src/sotto*.h | sort -t: -k1,1 -k2n
}

# `make x` in the README, and lines that start with it, name targets that `make` has.
unknown_targets() {
    local target
    grep -ohE '(^|`|\$ )make( [a-z][a-z-]*)?' README.md | sed -E 's/^.*make ?//' | sort -u |
        while read -r target; do
            [ -z "$target" ] || grep -qE "^([a-z -]+ )?$target( [a-z -]+)?:" Makefile ||
                echo "README.md: make $target: the Makefile has no such target"
        done
}

# The options that a command's help lists are in the manual page.
options_in_manual() {
    local option
    "$BUILD/sotto" "$1" --help | sed -nE 's/^  (-[a-z], |    )?(--[a-z-]+).*/\2/p' |
        while read -r option; do
            grep -q -- "Fl -${option#--}\b" docs/sotto.1 || echo "docs/sotto.1: $1 has no $option"
        done
}

# The commands that `sotto --help` lists, against the manual page's.
help_and_manual() {
    local command
    local listed
    listed=$("$BUILD/sotto" --help | sed -nE 's/^  ([a-z]+)  +.*/\1/p' | sort -u)
    [ -n "$listed" ] || echo "sotto --help lists no commands"
    for command in $listed; do
        grep -qE "^\.(Ss|It|Nm|Ic|Cm) .*\b$command\b" docs/sotto.1 ||
            echo "docs/sotto.1 does not have the command $command of sotto --help"
        "$BUILD/sotto" "$command" --help >/dev/null 2>&1 || echo "sotto $command --help fails"
        [ "$("$BUILD/sotto" "$command" --help 2>&1 | wc -l)" -le 50 ] ||
            echo "sotto $command --help does not fit a screen"
        options_in_manual "$command"
    done
}

# [text](path) in a document: the path, from that document, exists.
dead_links() {
    local document link
    for document in README.md docs/*.md; do
        [ -f "$document" ] || continue
        grep -oE '\]\([^)#: ]+' "$document" | sed 's/^](//' | sort -u | while read -r link; do
            [ -e "$(dirname "$document")/$link" ] ||
                echo "$document: links to $link, which is not there"
        done
    done
}

check 'public functions' < <(undocumented)
check 'links' < <(dead_links)
if [ -f README.md ]; then
    check 'commands in the README' < <(unknown_targets)
else
    skip 'there is no README.md'
fi
if [ -x "$BUILD/sotto" ] && [ -f docs/sotto.1 ]; then
    check 'help and manual page' < <(help_and_manual)
else
    skip 'there is no sotto command or no docs/sotto.1'
fi
echo "docs: $passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
