#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what the build and the benchmark need and this machine lacks; `make deps` runs it.
#
# Each need is looked for the way the build looks for it (a command on PATH, a library known to
# pkg-config), so that whatever is there, however it came, is left alone.
set -eu

CC=${CC:-cc}

has_command() { command -v "$1" >/dev/null 2>&1; }
has_library() { has_command pkg-config && pkg-config --exists "$1"; }
# As the Makefile looks for it; macOS has one of its own.
has_blas() {
    [ "$(uname -s)" != Darwin ] || return 0
    for package in cblas blas flexiblas openblas blis; do
        has_library "$package" && return 0
    done
    return 1
}
has_openmp() {
    [ "$(uname -s)" != Darwin ] || { has_command brew && brew --prefix libomp >/dev/null 2>&1; return; }
    echo '#include <omp.h>
          int main(void) { return omp_get_max_threads() < 1; }' |
        "$CC" -fopenmp -x c -o /dev/null - 2>/dev/null
}

if has_command apt-get; then manager=apt
elif has_command dnf; then manager=dnf
elif has_command pacman; then manager=pacman
elif has_command brew; then manager=brew
else manager=none
fi

# need KIND NAME APT DNF PACMAN BREW: unless there, adds the packages of this manager to the list.
# `-` stands for no package; a comma joins several.
missing=
need() {
    "has_$1" "$2" && return
    case $manager in
    apt) package=$3 ;;
    dnf) package=$4 ;;
    pacman) package=$5 ;;
    brew) package=$6 ;;
    none) package=$2 ;;
    esac
    for name in $(echo "$package" | tr , ' '); do
        case " $missing " in
        *" $name "*) ;; # wanted already
        *) [ "$name" = - ] || missing="$missing $name" ;;
        esac
    done
}

case $CC in
*clang*)
    need command "$CC" clang clang clang llvm
    need openmp openmp libc6-dev,libomp-dev libomp-devel openmp libomp ;;
*)
    need command "$CC" gcc gcc gcc -
    need openmp openmp gcc,libc6-dev libgomp,glibc-devel gcc libomp ;;
esac
need command pkg-config pkg-config pkgconf-pkg-config pkgconf pkgconf
need library cfitsio libcfitsio-dev cfitsio-devel cfitsio cfitsio
need library hwloc libhwloc-dev hwloc-devel hwloc hwloc
need library gsl libgsl-dev gsl-devel gsl gsl
need library jansson libjansson-dev jansson-devel jansson jansson
need blas blas libopenblas-dev openblas-devel openblas openblas
need library cmocka libcmocka-dev libcmocka-devel cmocka cmocka
need command gnuplot gnuplot-nox gnuplot gnuplot gnuplot

if [ -z "$missing" ]; then
    echo "make deps: everything is here; nothing to install"
    exit 0
fi
if [ "$manager" = none ]; then
    echo "make deps: no apt-get, dnf, pacman or brew here; please install:$missing" >&2
    exit 1
fi

# Prints the command, then runs it, as root where the manager wants that.
as_root() {
    if [ "$manager" = brew ] || [ "$(id -u)" = 0 ]; then
        echo "+ $*"
        "$@"
    elif has_command sudo; then
        echo "+ sudo $*"
        sudo "$@"
    else
        echo "make deps: run this as root, or use environment.yml (conda) without: $*" >&2
        exit 1
    fi
}

# $missing is a list of package names: it is meant to be split.
# shellcheck disable=SC2086
case $manager in
apt)
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing ;;
dnf) as_root dnf install -y $missing ;;
pacman) as_root pacman -S --needed --noconfirm $missing ;;
brew) as_root brew install $missing ;;
esac
