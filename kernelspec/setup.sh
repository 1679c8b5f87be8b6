# What install.sh and Tests/run.sh have in common; they read this file. POSIX shell.

say() { printf '%s\n' "== $*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Libraries by the name that pkg-config knows them by, and the package of Debian and Ubuntu.
libraries="
  libzmq:libzmq3-dev
  openblas:libopenblas-pthread-dev
  lapacke:liblapacke-dev
  libsodium:libsodium-dev
  sqlite3:libsqlite3-dev
  libpng:libpng-dev
  libjpeg:libjpeg-dev
  zlib:zlib1g-dev
"

# install_packages [PACKAGE:PATH]...: installs the system packages that are missing, and none if all
# are there. Besides the libraries, packages that install a certain path.
install_packages() {
  missing=""
  for pair in "$@"; do
    [ -e "${pair#*:}" ] || missing="$missing ${pair%%:*}"
  done
  command -v pkg-config >/dev/null || missing="pkg-config"
  for pair in $libraries; do
    pkg-config --exists "${pair%%:*}" 2>/dev/null || missing="$missing ${pair#*:}"
  done
  python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
  if [ -z "$missing" ]; then
    say "All system packages are there."
    return
  fi
  say "Installing system packages:$missing"
  command -v apt-get >/dev/null ||
    fail "There is no apt-get here: install what these packages of Debian hold, and call again:$missing"
  as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      fail "Become root, or have it done for you: apt-get install$missing"
    as_root="sudo"
  fi
  # shellcheck disable=SC2086 # a list of words
  $as_root apt-get update -q &&
    $as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -q -y --no-install-recommends $missing ||
    fail "apt-get could not install:$missing"
}

# Flags of the one build that everything uses: other flags would compile all again.
build_flags="-c release -Xswiftc -enable-testing"

# Builds the program and the tests.
build() {
  command -v swift >/dev/null ||
    fail "There is no Swift toolchain here: install Swift 6.1 or later from https://swift.org/install"
  say "Building (about a minute the first time)."
  # shellcheck disable=SC2086
  swift build $build_flags --build-tests || fail "The build failed; its messages stand above."
}

# The folder of the built program.
built_folder() {
  # shellcheck disable=SC2086
  swift build $build_flags --show-bin-path
}

# make_environment FOLDER PACKAGE...: a Python environment with these packages.
make_environment() {
  folder="$1"
  shift
  say "Python environment $folder: $*"
  if ! [ -x "$folder/bin/pip" ]; then
    python3 -m venv "$folder" || fail "python3 could not make the environment $folder."
  fi
  "$folder/bin/pip" install --quiet --disable-pip-version-check "$@" ||
    fail "pip could not install: $*"
}
