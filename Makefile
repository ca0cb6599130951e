# Speedup: `make help` lists what there is to make. GNU Make 3.81 or later.

# ---- knobs: change them on the command line, as in `make CC=clang ARCH=` ------------------------

CC     ?= cc
ARCH   ?= -march=native
OPT    ?= -O3
WARN   ?= -Wall -Wextra -Wpedantic -Wshadow -Wconversion
EXTRA  ?=
CFLAGS  ?=
LDFLAGS ?=
UNIT_CFLAGS =
BUILD  ?= build
OUT    ?= $(BUILD)/results
BUDGET ?= 210
BENCH_FLAGS ?=
PYTHON ?= python3
Q      ?= @

# ---- libraries ----------------------------------------------------------------------------------

LIBRARIES := cfitsio hwloc gsl

# Asked for when first needed, not when this file is read: `make deps bench` installs them between.
once = $(eval $(1) := $(2))$($(1))
LIBRARY_CFLAGS = $(call once,LIBRARY_CFLAGS,$(shell pkg-config --cflags $(LIBRARIES)))
LIBRARY_LIBS   = $(call once,LIBRARY_LIBS,$(shell pkg-config --libs $(LIBRARIES)) -lm -lpthread)

# The BLAS: an interface (CBLAS) that many libraries have. The first of these that pkg-config knows
# is linked, and it has to come before GSL, which brings a slow one of its own.
BLAS_PACKAGES := cblas blas flexiblas openblas blis
ifeq ($(shell uname -s),Darwin)
BLAS_LIBS ?= -framework Accelerate
else
BLAS       = $(call once,BLAS,$(firstword $(foreach package,$(BLAS_PACKAGES),\
             $(shell pkg-config --exists $(package) 2>/dev/null && echo $(package)))))
BLAS_LIBS ?= $(call once,BLAS_LIBS,$(if $(BLAS),$(shell pkg-config --libs $(BLAS)) -ldl))
endif
CMOCKA_CFLAGS  = $(call once,CMOCKA_CFLAGS,$(shell pkg-config --cflags cmocka))
CMOCKA_LIBS    = $(call once,CMOCKA_LIBS,$(shell pkg-config --libs cmocka))

# The compilers that Apple ships know OpenMP only by this roundabout way; libomp comes from brew.
ifeq ($(shell uname -s),Darwin)
OPENMP_CFLAGS ?= -Xpreprocessor -fopenmp -I$(shell brew --prefix libomp)/include
OPENMP_LIBS   ?= -L$(shell brew --prefix libomp)/lib -lomp
else
OPENMP_CFLAGS ?= -fopenmp
OPENMP_LIBS   ?= -fopenmp
endif

# ---- sources ------------------------------------------------------------------------------------

ROOMS   := generator filters strategies harness
SOURCES := $(sort $(foreach room,$(ROOMS),$(wildcard $(room)/*.c)))
TESTS   := $(sort $(wildcard tests/test_*.c))
BROKEN  := tests/broken_strategies.c
HELPERS := $(filter-out $(TESTS) $(BROKEN),$(sort $(wildcard tests/*.c)))

# The ranks of an MPI job are a program of their own, built where there is an MPI.
MPICC       ?= mpicc
MPI_PROGRAM := $(if $(shell command -v $(MPICC) 2>/dev/null),$(BUILD)/speedup-mpi)

OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
# What a test links: the whole program but its main(), and the tests' own helpers.
LIBRARY := $(filter-out $(BUILD)/harness/main.o,$(OBJECTS))
TEST_PROGRAMS := $(TESTS:%.c=$(BUILD)/%)
# The program with strategies that do everything wrong in the place of ours.
BROKEN_PROGRAM := $(BUILD)/tests/speedup-broken
# A BLAS that is unknown, in the place of the system's. macOS has another way to find libraries.
STUB_BLAS := $(if $(filter-out Darwin,$(shell uname -s)),$(BUILD)/tests/stub/libblas.so.3)

# Speed first, but never at the price of IEEE semantics: -ffast-math would void the NaN checks.
# No contraction to fused multiply-add either, so that every compiler rounds alike.
ALL_CFLAGS = -std=c11 -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -D_DARWIN_C_SOURCE \
             $(OPT) $(ARCH) -ffp-contract=off -g -pthread $(WARN) -I. $(EXTRA) $(CFLAGS)
ALL_LIBS   = $(BLAS_LIBS) $(LIBRARY_LIBS) $(OPENMP_LIBS)

# What the report says the program was built from.
COMMIT = $(call once,COMMIT,$(shell git describe --always --dirty 2>/dev/null || echo unknown))

# ---- rules --------------------------------------------------------------------------------------

.PHONY: all help deps bench bench-dot bench-generator bench-overhead activity files blas threads wait mine test test-blas clean
all: $(BUILD)/speedup $(MPI_PROGRAM) ## build the program (the default)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile
	@echo "  make activity, files, blas, threads, or wait: one section of make bench"
	@echo
	@echo "Knobs: CC=clang, ARCH= (any machine of this kind), OUT=DIR (build/results),"
	@echo "BUDGET=SECONDS and BENCH_FLAGS='...' for bench (see build/speedup bench --help)."

deps: ## install what the build needs and this machine lacks
	$(Q)CC='$(CC)' sh harness/deps.sh

bench: all ## the activity: measure all strategies, draw graphs, end with a line to post
	$(Q)$(BUILD)/speedup bench --section all --budget $(BUDGET) --out $(OUT) $(BENCH_FLAGS)

# One section alone: make activity, make files, make blas, make threads, make wait.
activity files blas threads wait: all
	$(Q)$(BUILD)/speedup bench --section $@ --budget $(BUDGET) --out $(OUT) $(BENCH_FLAGS)

mine: $(BUILD)/speedup ## your own strategy (strategies/mine.c) beside serial and pool
	$(Q)$(BUILD)/speedup bench --strategies serial,pool,mine --rounds 6 --out $(BUILD)/mine

test: all $(BROKEN_PROGRAM) $(STUB_BLAS) $(TEST_PROGRAMS) ## run all tests
	$(Q)export SPEEDUP=$(abspath $(BUILD)/speedup) \
	    SPEEDUP_BROKEN=$(abspath $(BROKEN_PROGRAM)); \
	for t in $(TEST_PROGRAMS); do echo "== $$t"; $$t || exit 1; done

# Debian keeps each BLAS in a directory of its own.
BLAS_DIRECTORIES = $(dir $(wildcard /usr/lib/*/*/libblas.so.3))
test-blas: all $(STUB_BLAS) $(BUILD)/tests/test_blas $(BUILD)/tests/test_blas_filters ## the tests of BLAS under each one installed
	$(Q)export SPEEDUP=$(abspath $(BUILD)/speedup); \
	for directory in $(BLAS_DIRECTORIES:/=); do \
	    export LD_LIBRARY_PATH="$$directory"; echo "== $$directory"; $(BUILD)/speedup blas && \
	    $(BUILD)/tests/test_blas_filters && $(BUILD)/tests/test_blas || exit 1; done

bench-generator: $(BUILD)/speedup $(BUILD)/tests/timing/time_fake ## fake images beside NumPy's
	$(Q)$(PYTHON) tests/numpy_generate.py $(BUILD)

bench-dot: $(BUILD)/bench_filters ## a matrix times its transpose: plain C, BLAS, NumPy
	$(Q)$(PYTHON) plots/compare_numpy.py $(BUILD)

bench-overhead: $(BUILD)/tests/timing/time_overhead ## nanoseconds a task that each strategy costs
	$(Q)$<

clean: ## remove everything that was built or measured
	rm -rf $(BUILD)

$(BUILD)/speedup: $(OBJECTS)
	@echo "  LD   $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(OBJECTS) $(ALL_LIBS)

# mpicc is told to use our compiler, in the words of Open MPI and of MPICH.
$(BUILD)/speedup-mpi: strategies/mpi/ranks.c $(LIBRARY)
	@echo "  MPI  $@"
	$(Q)OMPI_CC='$(CC)' MPICH_CC='$(CC)' $(MPICC) $(ALL_CFLAGS) $(LIBRARY_CFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)

$(BUILD)/tests/test_%: $(BUILD)/tests/test_%.o $(HELPERS:%.c=$(BUILD)/%.o) $(LIBRARY)
	@echo "  LD   $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(CMOCKA_LIBS) $(ALL_LIBS)

$(BROKEN_PROGRAM): $(BROKEN:%.c=$(BUILD)/%.o) $(filter-out %/catalogue.o,$(OBJECTS)) \
                   $(BUILD)/filters/catalogue.o
	@echo "  LD   $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)

$(BUILD)/tests/stub/libblas.so.3: tests/stub/unknown_blas.c $(BUILD)/flags | libraries
	@mkdir -p $(@D)
	@echo "  LD   $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LIBRARY_CFLAGS) -shared -fPIC -Wl,-soname,libblas.so.3 -o $@ $<

$(BUILD)/tests/timing/%: $(BUILD)/tests/timing/%.o $(LIBRARY)
	@echo "  LD   $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)

$(BUILD)/strategies/mpi.o: UNIT_CFLAGS = $(if $(MPI_PROGRAM),-DWITH_MPI)
# As a BLAS does it: multiply and add in one operation, rounded once.
$(BUILD)/filters/dot_blocked.o: UNIT_CFLAGS = -ffp-contract=fast
$(BUILD)/strategies/openmp.o: UNIT_CFLAGS = $(OPENMP_CFLAGS)
$(BUILD)/harness/machine.o: UNIT_CFLAGS = -DBUILD_COMMIT='"$(COMMIT)"' \
	-DBUILD_FLAGS='"$(CC) $(OPT) $(ARCH) $(EXTRA) $(CFLAGS)"'
$(BUILD)/tests/%.o: UNIT_CFLAGS = $(CMOCKA_CFLAGS)

# The flags are a prerequisite: after `make`, `make ARCH=` compiles everything again.
$(BUILD)/%.o: %.c $(BUILD)/flags | libraries
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(LIBRARY_CFLAGS) $(UNIT_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/flags: always-look
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS) $(MPI_PROGRAM)' >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

.PHONY: always-look libraries
always-look:

# One line for what is missing, instead of a compiler's hundred.
libraries: $(filter deps,$(MAKECMDGOALS))
	@command -v pkg-config >/dev/null || \
	    { echo "pkg-config is not installed: run \`make deps\`" >&2; exit 1; }
	@for library in $(LIBRARIES) $(if $(filter test,$(MAKECMDGOALS)),cmocka); do \
	    pkg-config --exists $$library || \
	        { echo "$$library is not installed: run \`make deps\`" >&2; exit 1; }; \
	done
	@test -n "$(BLAS_LIBS)" || { echo "no BLAS is installed: run \`make deps\`" >&2; exit 1; }

# Kept, although they are only steps on the way.
.SECONDARY: $(patsubst %.c,$(BUILD)/%.o,$(SOURCES) $(TESTS) $(BROKEN) $(HELPERS))

-include $(patsubst %.c,$(BUILD)/%.d,$(SOURCES) $(TESTS) $(BROKEN) $(HELPERS) $(wildcard tests/timing/*.c))

# ---- the engines of the median, measured --------------------------------------------------------

.PHONY: bench-filters
bench-filters: $(BUILD)/bench_filters ## the engines of the median over windows and sizes, and a graph
	$(Q)$(BUILD)/bench_filters $(OUT)
	$(Q)here="$$PWD"; cd $(OUT) && for kind in png svg; do \
	    gnuplot -e "terminal='$$kind'; output='filters.$$kind'; \
	        caption='$(CC) $(OPT) $(ARCH); `uname -srm`; `date +%Y-%m-%d`'" \
	        "$$here/plots/filters.gp" || exit 1; done; echo "$(OUT)/filters.png"

$(BUILD)/bench_filters: $(BUILD)/plots/bench_filters.o $(LIBRARY)
	@echo "  LD   $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)

-include $(BUILD)/plots/bench_filters.d
