# SPDX-License-Identifier: GPL-3.0-or-later
# What may differ from machine to machine: knobs to turn, and where the libraries are.
#
# Turn a knob on the command line, as in `make CC=clang ARCH=`, or change it here.

VERSION := 1.0

# ---- knobs ----------------------------------------------------------------------------------------

CC    ?= cc
OPT   ?= -O3
WARN  ?= -Wall -Wextra -Wpedantic -Wshadow -Wconversion
EXTRA ?=
BUILD ?= build
# Yours. They come before OPT and ARCH, so that flags which an environment has set (conda's
# `-march=nocona -O2`) cannot slow the program down unseen.
CFLAGS  ?=
LDFLAGS ?=
# For this very processor; `ARCH=` builds for any of its kind. The compilers for ARM call it -mcpu.
ARCH ?= $(call once,ARCH,$(shell $(CC) -march=native -mtune=native -E -x c /dev/null >/dev/null 2>&1 \
            && echo -march=native -mtune=native || echo -mcpu=native))

# The old unit for floating point of 32-bit x86 rounds twice, and the last digit is to be everybody's.
FLOAT ?= $(call once,FLOAT,$(if $(findstring 1,$(shell echo __i386__ | $(CC) $(CFLAGS) -E -P -x c - 2>/dev/null)),-msse2 -mfpmath=sse))

# Of the benchmarks: where results go, seconds for all of them, and more options for `speedup bench`.
OUT         ?= $(BUILD)/results
BUDGET      ?= 210
BENCH_FLAGS ?=
PYTHON      ?= python3
# More options for `make mine`.
GRADE_FLAGS ?=
# And for `make test-mutants`: -f in full, -n REPETITIONS.
MUTANT_FLAGS ?=

# For `make install`.
PREFIX  ?= /usr/local
DESTDIR ?=

# `make Q=` shows the commands.
Q ?= @

# ---- probes ---------------------------------------------------------------------------------------

# Answered when first asked, not when this file is read: `make deps bench` installs in between.
once = $(eval $(1) := $(2))$($(1))
SYSTEM := $(shell uname -s)

# Libraries that pkg-config knows; those of a conda environment too. A BLAS is none of them: it is
# loaded when it is wanted (harness/base/cblas.h).
LIBRARIES := cfitsio hwloc gsl jansson
RUN_PATH  :=
ifdef CONDA_PREFIX
export PKG_CONFIG_PATH := $(CONDA_PREFIX)/lib/pkgconfig:$(PKG_CONFIG_PATH)
RUN_PATH := -L$(CONDA_PREFIX)/lib -Wl,-rpath,$(CONDA_PREFIX)/lib
endif
LIBRARY_CFLAGS = $(call once,LIBRARY_CFLAGS,$(shell pkg-config --cflags $(LIBRARIES)))
LIBRARY_LIBS   = $(call once,LIBRARY_LIBS,$(shell pkg-config --libs $(LIBRARIES)) -ldl -lm -lpthread)
CMOCKA_CFLAGS  = $(call once,CMOCKA_CFLAGS,$(shell pkg-config --cflags cmocka))
CMOCKA_LIBS    = $(call once,CMOCKA_LIBS,$(shell pkg-config --libs cmocka))

# The compilers that Apple ships know OpenMP only by this roundabout way; libomp comes from brew.
ifeq ($(SYSTEM),Darwin)
OPENMP_CFLAGS ?= -Xpreprocessor -fopenmp -I$(shell brew --prefix libomp)/include
OPENMP_LIBS   ?= -L$(shell brew --prefix libomp)/lib -lomp
else
OPENMP_CFLAGS ?= -fopenmp
OPENMP_LIBS   ?= -fopenmp
endif

# The ranks of an MPI job are a program of their own, built where there is an MPI.
MPICC       ?= mpicc
MPI_PROGRAM := $(if $(shell command -v $(MPICC) 2>/dev/null),$(BUILD)/speedup-mpi)
