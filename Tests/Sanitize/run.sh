#!/bin/sh
# Runs all C kernels under the address and undefined-behaviour sanitizers. Needs clang.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
kernels="$here/../../Sources/CKernels"
program=$(mktemp -d)/kernels
# Casts between float types that overflow give infinity, as wanted; integers wrap on purpose only
# through unsigned types, which the sanitizer accepts.
# The linker's remarks about the sanitizer's own symbols are left out; a failed build ends in the
# program that is not there.
clang -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
  -I "$kernels/include" -I "$kernels" "$here/kernels.c" "$kernels"/*.c \
  -o "$program" -lm -lpthread 2>&1 | { grep -v "Cannot export local symbol" || true; }
"$program"
echo "sanitizers: clean"
