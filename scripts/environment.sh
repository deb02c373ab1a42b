# Read by the other scripts: where things lie, and how they speak.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
BUILD=$ROOT/build
VENV=${TENON_VENV:-$BUILD/venv}
BIN=$BUILD/bin

say() { printf '\n== %s\n' "$*"; }

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# The packages of one section of packages.txt, one a line.
packages() {
  awk -v section="[$1]" '{ sub(/#.*/, ""); gsub(/[ \t]+$/, "") }
    /^\[/ { wanted = ($0 == section); next }
    wanted && NF { print $1 }' "$ROOT/scripts/packages.txt"
}
