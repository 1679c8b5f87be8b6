#!/bin/sh
# Runs all tests: those of each module, then those of the whole program, which play a Jupyter client
# against it. Installs what they need first. Safe to call again.
set -eu
cd "$(dirname "$0")/.."
. kernelspec/setup.sh

# The conformance suite of Starlark is read where its package puts it.
install_packages golang-starlark-dev:/usr/share/gocode/src/go.starlark.net
make_environment .venv-tests jupyter_client nbclient nbformat nbconvert jupyter_kernel_test \
  ipykernel pytest jupytext papermill nbval jupyter_console
build

failed=""
say "Tests of the modules."
# shellcheck disable=SC2086
swift test $build_flags --skip-build --no-parallel || failed="module tests"

say "Tests of the whole program."
SWIFTLET="$(built_folder)/swiftlet" .venv-tests/bin/python -m pytest -q Tests/EndToEnd ||
  failed="${failed:+$failed and }end-to-end tests"

[ -z "$failed" ] || fail "Failed: $failed."
say "All tests passed."
