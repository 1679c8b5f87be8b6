#!/bin/sh
# Installs Swiftlet for the person who calls it: system packages, the program, the kernelspec, and a
# local Python environment with JupyterLab; then runs the first notebook. Safe to call again.
set -eu
cd "$(dirname "$0")/.."
. kernelspec/setup.sh

install_packages
build
swiftlet="$(built_folder)/swiftlet"
say "Telling Jupyter of the kernel."
"$swiftlet" install --user
make_environment .venv jupyterlab nbconvert ipywidgets

say "Running notebooks/01-first-light.ipynb."
"$swiftlet" run notebooks/01-first-light.ipynb ||
  fail "The first notebook failed; the cell is named above."

say "Swiftlet is installed. Start JupyterLab with: .venv/bin/jupyter lab notebooks"
