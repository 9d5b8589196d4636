#!/bin/sh
# same-wasm.sh FOLDER - whether a rebuild gave the very bytes that wasm-out/ holds
#
# Only the same compilers give the same bytes; with others there is nothing to compare, and it says
# so.
cd "$(dirname "$0")/.." || exit 1
if ! git diff --quiet HEAD -- wasm-out 2>/dev/null; then
    echo "same-wasm: wasm-out/ differs from what is committed; commit it with its sources"
fi
if ! cmp -s wasm-out/built-with.txt "$1/built-with.txt"; then
    echo "skipped: same-wasm: wasm-out/ was built by other compilers"
    echo "same-wasm: 0 passed, 0 failed, 1 skipped"
    exit 0
fi
for module in wasm-out/*.wasm; do
    if ! cmp "$module" "$1/${module##*/}"; then
        echo "same-wasm: 0 passed, 1 failed, 0 skipped"
        exit 1
    fi
done
echo "same-wasm: 1 passed, 0 failed, 0 skipped"
