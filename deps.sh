#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what the build and the benchmark need and this machine lacks.
#
#     make deps            sh deps.sh
#     make deps class      sh deps.sh --class     also what the exercises of a class use
#     make doctor          sh deps.sh --doctor    installs nothing: what is here, and what is missing
#
# Each need is looked for the way the build looks for it (a command on PATH, a library known to
# pkg-config), so that whatever is there, however it came, is left alone.
set -eu

CC=${CC:-cc}
PYTHON=${PYTHON:-python3}

# ---- what is here ---------------------------------------------------------------------------------

has_compiler() { has_command "${1%% *}"; } # CC may be `ccache gcc`
has_command() { command -v "$1" >/dev/null 2>&1; }
has_library() { has_command pkg-config && pkg-config --exists "$1"; }
# Packages of the system are for the system's Python, and the first on PATH may be another one (pyenv).
has_module() {
    for python in "$PYTHON" /usr/bin/python3; do
        ! has_command "$python" || ! "$python" -c "import $1" 2>/dev/null || return 0
    done
    return 1
}
# Another program of that name (of moreutils) does another thing.
has_parallel() { has_command parallel && parallel --version 2>/dev/null | grep -q '^GNU parallel'; }
has_openmp() {
    [ "$(uname -s)" != Darwin ] || { has_command brew && brew --prefix libomp >/dev/null 2>&1; return; }
    # shellcheck disable=SC2086 # as above
    echo '#include <omp.h>
          int main(void) { return omp_get_max_threads() < 1; }' |
        $CC -fopenmp -x c -o /dev/null - 2>/dev/null
}

# The BLAS that would run: the program looks for these names, in this order (harness/base/cblas.c),
# and what is behind them is settled by the system (Debian's alternatives), not by what was installed
# last. The reference BLAS of some systems has no CBLAS in it.
blas_file() {
    for name in libblas.so.3 libflexiblas.so.3 libopenblas.so.0 libopenblas.so libcblas.so.3; do
        file=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null |
               awk -v name="$name" '$1 == name && !found { print $NF; found = 1 }')
        for directory in "${CONDA_PREFIX:+$CONDA_PREFIX/lib}" /usr/local/lib /usr/lib /usr/lib64; do
            if [ -z "$directory" ] || [ ! -e "$directory/$name" ]; then continue; fi
            case $directory in
            "${CONDA_PREFIX:-none}"*) file=$directory/$name ;;
            *) file=${file:-$directory/$name} ;;
            esac
        done
        if [ -n "$file" ] && grep -q cblas_dgemm "$file"; then
            readlink -f "$file"
            return
        fi
    done
}

# Whether it is a tuned one and not the reference, which any compiler can beat.
has_blas() {
    [ "$(uname -s)" != Darwin ] || return 0
    file=$(blas_file)
    case $file in
    '') return 1 ;;
    *openblas* | *blis* | *atlas* | *mkl* | *flexiblas* | *armpl*) return 0 ;;
    esac
    grep -q -e openblas_get_config -e bli_thread_get_num_threads -e MKL_Get_Max_Threads "$file"
}

# ---- make doctor ----------------------------------------------------------------------------------

# say NAME TEXT
say() { printf '%-13s %s\n' "$1" "$2"; }

# look NAME COST KIND WHAT [VERSION-COMMAND...]: one line for a thing, with its version or what its
# absence costs.
look() {
    name=$1 cost=$2 kind=$3 what=$4
    shift 4
    if "has_$kind" "$what"; then
        version=$([ $# = 0 ] || "$@" 2>/dev/null | awk 'NR == 1') || version=
        say "$name" "${version:-here}"
    else
        say "$name" "MISSING: $cost"
    fi
}

numpy_version() { echo "$("$python" -c 'import numpy; print(numpy.__version__)')$(other_python)"; }
# After has_module.
other_python() {
    [ "$python" = "$PYTHON" ] || echo " in $python; \`$PYTHON\` has none: type $python, and make PYTHON=$python"
}

look_at_libraries() {
    texts=
    for library in cfitsio hwloc gsl jansson; do
        has_library $library && text="$library $(pkg-config --modversion $library)" ||
            text="$library MISSING: nothing can be built"
        texts="${texts:+$texts, }$text"
    done
    say libraries "$texts"
}

look_at_blas() {
    if [ "$(uname -s)" = Darwin ]; then
        say BLAS "Accelerate, a part of macOS"
    elif has_blas; then
        say BLAS "$file"
    elif [ -n "$file" ]; then
        say BLAS "reference library (slow, no threads): no lesson on BLAS; $file"
    else
        say BLAS "MISSING: no lesson on BLAS (GSL has a slow one)"
    fi
}

doctor() {
    build="nothing can be built"
    # shellcheck disable=SC2086
    look compiler "$build" compiler "$CC" $CC --version
    look OpenMP "$build" openmp openmp
    look pkg-config "$build" command pkg-config pkg-config --version
    look_at_libraries
    look_at_blas
    look gnuplot "no graphs" command gnuplot gnuplot --version
    look cmocka "no make test" library cmocka pkg-config --modversion cmocka
    look parallel "strategy gnu-parallel is skipped, and an exercise" parallel parallel parallel --version
    look MPI "strategy mpi is skipped, and an exercise" command "${MPICC:-mpicc}" mpirun --version
    look NumPy "no comparison with NumPy in the exercises" module numpy numpy_version
    look gdb "half of the exercise on a program that hangs (macOS: lldb does it)" command gdb gdb --version
    echo "What is missing comes with \`make deps\`; the last four with \`make deps class\`."
}

# ---- make deps ------------------------------------------------------------------------------------

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

need_for_build() {
    case $CC in
    *clang*)
        need compiler "$CC" clang clang clang llvm
        need openmp openmp libc6-dev,libomp-dev libomp-devel openmp libomp ;;
    *)
        need compiler "$CC" gcc gcc gcc -
        need openmp openmp gcc,libc6-dev libgomp,glibc-devel gcc libomp ;;
    esac
    need command pkg-config pkg-config pkgconf-pkg-config pkgconf pkgconf
    need library cfitsio libcfitsio-dev cfitsio-devel cfitsio cfitsio
    need library hwloc libhwloc-dev hwloc-devel hwloc hwloc
    need library gsl libgsl-dev gsl-devel gsl gsl
    need library jansson libjansson-dev jansson-devel jansson jansson
    need blas blas libopenblas0 openblas openblas openblas
    need library cmocka libcmocka-dev libcmocka-devel cmocka cmocka
    need command gnuplot gnuplot-nox gnuplot gnuplot gnuplot
}

need_for_class() {
    need parallel parallel parallel parallel parallel parallel
    need command mpicc libopenmpi-dev,openmpi-bin openmpi-devel openmpi open-mpi
    need module numpy python3-numpy python3-numpy python-numpy numpy
    need command gdb gdb gdb gdb - # macOS has lldb
}

# Prints the command, then runs it, as root where the manager wants that.
as_root() {
    if [ "$manager" = brew ] || [ "$(id -u)" = 0 ]; then
        echo "+ $*"
        "$@"
    elif has_command sudo; then
        echo "+ sudo $*"
        sudo "$@"
    else
        echo "make deps: this needs root: $* (environment.yml, for conda, does not)" >&2
        exit 1
    fi
}

# $missing is a list of package names: it is meant to be split.
# shellcheck disable=SC2086
install() {
    case $manager in
    apt)
        as_root apt-get update -qq
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing ;;
    dnf) as_root dnf install -y $missing ;;
    pacman) as_root pacman -Sy --needed --noconfirm $missing ;;
    brew) as_root brew install $missing ;;
    none)
        echo "make deps: no apt-get, dnf, pacman or brew here; please install:$missing" >&2
        exit 1 ;;
    esac
}

# A choice that somebody has made by hand outlives the installation of a better library.
check_blas() {
    has_blas || echo "make deps: the BLAS that runs is still $file, the reference library; choose OpenBLAS:" \
        "update-alternatives --config libblas.so.3-$($CC -dumpmachine 2>/dev/null | sed 's/-pc-/-/')" >&2
}

check_numpy() {
    ! has_module numpy || [ "$python" = "$PYTHON" ] || echo "make deps: NumPy is$(other_python)" >&2
}

class=
case ${1:-} in
--doctor)
    doctor
    exit 0 ;;
--class)
    class=1
    need_for_class ;;
'') ;;
*)
    echo "deps.sh: $1: none of --class, --doctor" >&2
    exit 2 ;;
esac
need_for_build
if [ -n "$missing" ]; then
    install
    check_blas
else
    echo "make deps: everything is here; nothing to install"
fi
[ -z "$class" ] || check_numpy
