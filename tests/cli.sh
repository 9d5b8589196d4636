#!/bin/bash
# cli.sh - each folder of tests/cli is a command and exactly what it prints
#
#     tests/cli/<case>/command   run by sh in a fresh copy of the folder; `sotto` is in the path
#     tests/cli/<case>/stdout    what it prints; absent means nothing
#     tests/cli/<case>/stderr    what it says to people; absent means nothing, so silence is tested
#     tests/cli/<case>/status    how it ends; absent means 0
#     tests/cli/<case>/files     what it leaves behind, one name a line; absent means: not looked at
#
# In stdout and stderr a line "..." stands for any number of lines, and <n> for any number, since
# times and sizes differ. The repository is at $ROOT. With an argument, only cases whose name
# contains it run; with UPDATE=1 what a command printed becomes what is expected.
set -u
cd "$(dirname "$0")/.." || exit 1
BUILD=$(realpath -m "${BUILD:-build}")
ROOT=$PWD
export ROOT LC_ALL=C TZ=UTC
PATH=$BUILD:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# same EXPECTED ACTUAL: compares line by line; see the head for "..." and <n>.
same() {
    awk -v expected_file="$1" '
        function pattern(line) {
            gsub(/[][\\^$.*+?(){}|]/, "\\\\&", line)
            gsub(/<n>/, "[0-9][0-9.,]*", line)
            return "^" line "$"
        }
        BEGIN { while ((getline line < expected_file) > 0) want[++wanted] = line }
        { got[NR] = $0 }
        function match_from(i, j) {
            while (i <= wanted && want[i] != "...") {
                if (j > NR || (got[j] != want[i] && got[j] !~ pattern(want[i]))) return 0
                i++
                j++
            }
            if (i > wanted) return j > NR
            while (j <= NR + 1) {
                if (match_from(i + 1, j)) return 1
                j++
            }
            return 0
        }
        END { exit !match_from(1, 1) }' "$2"
}

# stream CASE NAME: compares one stream, or keeps it if UPDATE is set.
stream() {
    local expected=$1/$2 actual=$work/$2
    if [ -n "${UPDATE:-}" ]; then
        if [ -s "$actual" ]; then cp "$actual" "$expected"; else rm -f "$expected"; fi
        return 0
    fi
    [ -f "$expected" ] || expected=/dev/null
    same "$expected" "$actual" && return 0
    echo "$1: $2 differs (- expected, + printed)"
    diff -u "$expected" "$actual" | tail -n +3 | head -n 40
    return 1
}

run_case() {
    local case=$1 status=0 expected=0 good=yes
    rm -rf "$work/in"
    cp -r "$case" "$work/in"
    (cd "$work/in" && rm -f stdout stderr status files && exec sh ./command) \
        >"$work/stdout" 2>"$work/stderr" </dev/null || status=$?
    stream "$case" stdout || good=''
    stream "$case" stderr || good=''
    [ -f "$case/status" ] && expected=$(cat "$case/status")
    if [ "$status" != "$expected" ]; then
        echo "$case: ended with $status, expected $expected"
        good=''
    fi
    if [ -f "$case/files" ]; then
        (cd "$work/in" && find . -type f ! -name command -printf '%P\n' | sort) >"$work/files"
        stream "$case" files || good=''
    fi
    if [ -n "$good" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

for case in tests/cli/*"${1:-}"*/; do
    [ -f "${case}command" ] && run_case "${case%/}"
done
echo "cli: $passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
