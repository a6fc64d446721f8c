#!/bin/sh
# Make .venv with the locked packages, or bring it up to date. Run from the top of the checkout: make setup.
# Does nothing when requirements.lock, pyproject.toml and the place of the checkout are those of last time.
# A set-up that fails leaves no half-made .venv behind. PYTHON=/path/to/python chooses the interpreter.
set -eu

venv=.venv
stamp=$venv/.set-up-from

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "set-up: $1"
    say "  why: $2"
    say "  what to do: $3"
    exit 3
}

# Runs it, for a name on the PATH may be a shim that has nothing behind it.
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
can_make_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

find_python() {
    without_venv=
    for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
        new_enough "$candidate" || continue
        if can_make_venv "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
        without_venv=${without_venv:-$candidate}
    done
    if [ -n "$without_venv" ]; then
        version=$("$without_venv" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        stop "\"$without_venv\" cannot make a virtual environment" \
            "its module ensurepip or venv is missing; Debian and Ubuntu put it in a package of its own" \
            "apt-get install python$version-venv (or python3-venv), then the same make command again"
    fi
    stop "no Python 3.11 or newer was found" \
        "tried: ${PYTHON:-python3.13 python3.12 python3.11 python3}" \
        "install one (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python@3.13; or python.org), or name it: make setup PYTHON=/path/to/python3.13"
}

state() { { cat requirements.lock pyproject.toml; pwd; } | cksum; }
works() { "$venv/bin/python" -m pip --version >/dev/null 2>&1; }
pip_install() { "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input "$@" >&2; }

wanted=$(state)
if [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ] && "$venv/bin/python" -c '' >/dev/null 2>&1; then
    exit 0
fi

# An environment that was moved with its checkout has the old place written into its commands.
if [ -e "$venv" ] && { ! works || ! grep -qF "$(pwd)/$venv" "$venv/bin/activate" 2>/dev/null; }; then
    rm -rf "$venv"
fi

if [ ! -e "$venv" ]; then
    python=$(find_python)
    say "set-up: making .venv with $("$python" --version 2>&1) (once, about a minute)"
    trap 'code=$?; [ $code -eq 0 ] || rm -rf "$venv"' EXIT
    trap 'exit 130' HUP INT TERM
    "$python" -m venv "$venv" >&2 || stop "making .venv with $python failed" "see the lines above" \
        "mend that Python, or name another: make setup PYTHON=/path/to/python3.13"
else
    say "set-up: bringing .venv up to date"
fi

rm -f "$stamp"
pip_install --require-hashes --requirement requirements.lock || stop "the locked packages could not be installed" \
    "see pip's lines above; most often the network, a proxy or a package mirror that lacks a file" \
    "check that this machine reaches its package index, then the same make command again"
pip_install --no-deps --no-build-isolation --editable . || stop "the project itself could not be installed" \
    "see pip's lines above; most often an error in pyproject.toml" "mend it, then the same make command again"
printf '%s\n' "$wanted" >"$stamp"
