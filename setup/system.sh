#!/bin/sh
# What pip cannot install: Python with venv, the system libraries that Qt loads, a font with Chinese characters.
#
#   setup/system.sh python PYTHON   before there is a virtual environment: can PYTHON make one?
#   setup/system.sh qt PYTHON       in the environment whose interpreter is PYTHON: can Qt open a window and write Chinese?
#
# Installs only what is missing: as root with apt-get (Debian, Ubuntu and their kin). Otherwise it prints what to do.
set -eu

[ "$(uname -s)" = Linux ] || exit 0

# The libraries that PySide6-Essentials needs for X11, Wayland and the offscreen platform; the wheel brings the others.
QT_PACKAGES="libdbus-1-3 libegl1 libfontconfig1 libfreetype6 libgl1 libglib2.0-0 libwayland-client0 libwayland-cursor0
    libx11-6 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
    libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1 libxcb1
    libxkbcommon-x11-0 libxkbcommon0 zlib1g"
FONT_PACKAGES="fontconfig fonts-noto-cjk"

say() { echo "$*" >&2; }

# Print those of the packages named that are not installed.
not_installed() {
    for package in "$@"; do
        dpkg-query --show --showformat '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || echo "$package"
    done
}

# Install the packages named, or print the command that does. Fails unless they are installed.
install() {
    if ! command -v apt-get >/dev/null; then
        say "Your system's package manager has it; these are Debian's names:" "$@"
        return 1
    fi
    # apt-get would bring what is there already up to date, which nobody asked for.
    # shellcheck disable=SC2046
    set -- $(not_installed "$@")
    if [ "$(id -u)" -ne 0 ]; then
        say "This command installs it:"
        say "    sudo apt-get update && sudo apt-get install --yes --no-install-recommends" "$@"
        return 1
    fi
    say "Installing" "$@"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2 && apt-get install -qq --yes --no-install-recommends "$@" >&2
}

check_python() {
    if command -v "$1" >/dev/null && "$1" -c 'import sys; sys.exit(sys.version_info >= (3, 11))'; then
        say "Python 3.11 or later is needed, and $1 is $("$1" --version). Name another: make run PYTHON=python3.12"
        return 1
    fi
    if ! "$1" -c 'import ensurepip, venv' 2>/dev/null; then
        say "$1, or its module venv, is missing."
        install "$(basename "$1")-venv"
    fi
}

# Print the libraries that Qt would look for in vain, one a line.
missing_libraries() {
    qt=$("$1" -c 'import importlib.util as u; print(u.find_spec("PySide6").submodule_search_locations[0])')
    (cd "$qt" && ldd QtWidgets.abi3.so QtSvg.abi3.so Qt/plugins/platforms/libqxcb.so \
        Qt/plugins/platforms/libqwayland*.so Qt/plugins/platforms/libqoffscreen.so Qt/lib/libQt6DBus.so.6) 2>/dev/null |
        awk '/=> not found/ { print $1 }' | sort -u
}

check_libraries() {
    missing=$(missing_libraries "$1")
    [ -n "$missing" ] || return 0
    say "Qt needs libraries that are missing:" $missing
    # shellcheck disable=SC2086
    install $QT_PACKAGES
    missing=$(missing_libraries "$1")
    [ -z "$missing" ] || {
        say "Still missing:" $missing
        return 1
    }
}

has_chinese_font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh)" ]; }

check_font() {
    has_chinese_font && return 0
    say "No font with Chinese characters was found: the window would show boxes in their place."
    # shellcheck disable=SC2086
    install $FONT_PACKAGES || true  # The window works without, and the text is repaired all the same.
}

case "$1" in
python) check_python "$2" ;;
qt)
    check_libraries "$2"
    check_font
    ;;
esac
