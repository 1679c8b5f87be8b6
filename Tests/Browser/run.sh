#!/bin/sh
# JupyterLab in a real browser, by hand: sh Tests/Browser/run.sh FOLDER
# Opens the first notebook and does what people do: runs it, asks for completion and help, interrupts,
# restarts, moves a slider, stops at a breakpoint and at an exception. Writes a picture of each step
# into FOLDER, to be looked at. Fails where a step does not show what it should.
set -eu
[ $# -eq 1 ] || { echo "usage: sh Tests/Browser/run.sh FOLDER_FOR_PICTURES" >&2; exit 2; }
mkdir -p "$1"
pictures=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
. kernelspec/setup.sh
install_packages chromium:/usr/bin/chromium
make_environment .venv-browser jupyterlab ipywidgets playwright
program=${SWIFTLET:-}
if [ -z "$program" ]; then
  build
  program="$(built_folder)/swiftlet"
fi
exec .venv-browser/bin/python Tests/Browser/browse.py --swiftlet "$program" "$pictures"
