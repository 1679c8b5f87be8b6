#!/bin/sh
# The kernel under the thread sanitizer: sh Tests/Sanitize/threads.sh [OPTIONS OF PYTEST]
# Builds the program with it (in a folder of its own, about fifteen minutes the first time), plays the
# end-to-end tests of the kernel against it, and fails if the sanitizer has seen a race.
set -eu
cd "$(dirname "$0")/../.."
. kernelspec/setup.sh

say "Building with the thread sanitizer."
swift build --sanitize thread --scratch-path .build-thread --product swiftlet ||
  fail "The build failed; its messages stand above."
program="$(swift build --sanitize thread --scratch-path .build-thread --show-bin-path)/swiftlet"
make_environment .venv-tests jupyter_client nbclient nbformat nbconvert jupyter_kernel_test \
  ipykernel pytest

reports=$(mktemp -d)
suppressions="$PWD/Tests/Sanitize/threads.suppressions"
tests=""
for name in comms debugger display events_during_cells execute feature_table history hostile \
  interrupt questions stdin subshells widgets; do
  tests="$tests Tests/EndToEnd/test_$name.py"
done
say "Tests of the kernel."
# Not those that measure: under the sanitizer everything takes ten times as long.
# shellcheck disable=SC2086
TSAN_OPTIONS="suppressions=$suppressions log_path=$reports/report exitcode=0 atexit_sleep_ms=0" \
  SWIFTLET="$program" .venv-tests/bin/python -m pytest -q -k "not hundred_megabytes" "$@" $tests ||
  say "Tests failed, which may be for want of time; what counts here is what the sanitizer saw."

if [ -n "$(ls "$reports")" ]; then
  cat "$reports"/*
  fail "The thread sanitizer has found something; its reports stand above."
fi
say "The thread sanitizer has found nothing."
