#!/bin/sh
# types.sh - TypeScript's checker over the JSDoc of web/, counted as one test
cd "$(dirname "$0")/.." || exit 1
if node_modules/.bin/tsc --project web/tsconfig.json; then
    echo "types: 1 passed, 0 failed, 0 skipped"
else
    echo "types: 0 passed, 1 failed, 0 skipped"
    exit 1
fi
