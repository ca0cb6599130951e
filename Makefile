# SPDX-License-Identifier: GPL-3.0-or-later
# Speedup: `make help` lists what there is to make, config.mk has the knobs. GNU Make 3.81 or later.

.PHONY: all help deps libraries always-look
all: program

include config.mk

# ---- sources --------------------------------------------------------------------------------------

# Every C file below these rooms. The ranks of MPI are a program of their own, and so is the probe.
SOURCES := $(filter-out strategies/launchers/mpi_ranks.c harness/grade/probe/%,$(sort $(shell find generator filters \
           strategies harness -name '*.c')))
TESTS   := $(sort $(wildcard tests/*/test_*.c))
HELPERS := $(sort $(wildcard tests/support/*.c))
BROKEN  := tests/strategies/broken_strategies.c tests/strategies/telling_strategies.c

OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
# What a test links: the whole program but its main(), and the tests' own helpers.
LIBRARY := $(filter-out $(BUILD)/harness/commands/program/main.o,$(OBJECTS))
TEST_PROGRAMS := $(TESTS:%.c=$(BUILD)/%)
# The program with strategies that do everything wrong in the place of ours.
BROKEN_PROGRAM := $(BUILD)/tests/speedup-broken
# The program of `make prove`.
PROVE := $(sort $(wildcard tests/prove/*.c))
PROVE_PROGRAM := $(BUILD)/tests/prove/prove
# A BLAS that is unknown, in the place of the system's. macOS has another way to find libraries.
STUB_BLAS := $(if $(filter-out Darwin,$(SYSTEM)),$(BUILD)/tests/stub/libblas.so.3)
# What makes system calls fail (LD_PRELOAD). A sanitizer has its own malloc; macOS another way to load.
INJECTOR := $(if $(filter-out Darwin,$(SYSTEM)),$(if $(findstring -fsanitize,$(CFLAGS)),,$(BUILD)/tests/faults/inject.so))

# Speed first, but never at the price of IEEE semantics: -ffast-math would void the NaN checks.
# No contraction to fused multiply-add either, so that every compiler rounds alike.
ALL_CFLAGS = $(CFLAGS) -std=c11 -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -D_DARWIN_C_SOURCE \
             -ffp-contract=off -g -pthread $(WARN) -I.$(FLOAT:%= %) $(EXTRA) $(OPT) $(ARCH)
ALL_LIBS   = $(RUN_PATH) $(LIBRARY_LIBS) $(OPENMP_LIBS)
# Of a single file; set below, where one needs it.
UNIT_CFLAGS =

DATA      = $(DESTDIR)$(PREFIX)/share/speedup
DOCUMENTS = $(DESTDIR)$(PREFIX)/share/doc/speedup

# What the report says the program was built from.
COMMIT = $(call once,COMMIT,$(shell git describe --always --dirty 2>/dev/null || echo unknown))

# What `speedup grade` links with the file that it grades.
PROBE       := $(BUILD)/speedup-probe.a
PROBE_PARTS := $(sort $(wildcard harness/grade/probe/*.c))
# The strategy beside which a graded one is timed, and what the probe and `spawn` need of ours.
PROBE_OTHERS := strategies/pool harness/base/error harness/base/shared harness/base/spawn \
                harness/base/process/interrupt harness/base/process/pipe

# ---- for students ---------------------------------------------------------------------------------

.PHONY: class doctor program bench quick activity files blas threads wait mine install uninstall clean

deps: ## install what the build needs and this machine lacks
	$(Q)CC='$(CC)' PYTHON='$(PYTHON)' sh deps.sh $(if $(filter class,$(MAKECMDGOALS)),--class)

# `make deps class` and `make class` are the same.
class: deps ## with deps: also what exercises use: GNU parallel, MPI, NumPy, gdb
	@:

doctor: ## what is here, what is missing, and what each missing thing costs
	$(Q)CC='$(CC)' MPICC='$(MPICC)' PYTHON='$(PYTHON)' sh deps.sh --doctor

program: $(BUILD)/speedup $(PROBE) $(MPI_PROGRAM) ## build the program (plain `make` does it)

bench: program ## the activity: measure all strategies, draw graphs, end with a line to post
	$(Q)$(BUILD)/speedup bench --section all --budget $(BUDGET) --out $(OUT) $(BENCH_FLAGS)

quick: program ## the activity alone, in 30 seconds
	$(Q)$(BUILD)/speedup bench --section activity --budget 60 --out $(OUT) $(BENCH_FLAGS)

activity files blas threads wait: program ## one section of make bench; others: files, blas, threads, wait
	$(Q)$(BUILD)/speedup bench --section $@ --budget $(BUDGET) --out $(OUT) $(BENCH_FLAGS)

# Where strategies/mine.c does not compile, the program cannot be built anew, and the last one explains why.
MINE = $(BUILD)/strategies/mine
mine: $(filter-out $(MINE).o,$(OBJECTS)) $(PROBE) ## your own strategy (strategies/mine.c): right? how fast? what next?
	$(Q)$(MAKE) --no-print-directory $(BUILD)/speedup >$(MINE).log 2>&1 || \
	    { [ -x $(BUILD)/speedup ] || { cat $(MINE).log >&2; exit 1; }; }
	$(Q)$(BUILD)/speedup grade $(GRADE_FLAGS)

# The man page and the completions, all made by `speedup manual`: a command for each $$text, $$place.
SHARE = $(DESTDIR)$(PREFIX)/share
each_manual = set -e; for pair in 'man $(SHARE)/man/man1/speedup.1' \
    'bash $(SHARE)/bash-completion/completions/speedup' \
    'zsh $(SHARE)/zsh/site-functions/_speedup' \
    'fish $(SHARE)/fish/vendor_completions.d/speedup.fish'; \
    do text=$${pair%% *}; place=$${pair\#* }; $(1); done

# What strategies include that is not theirs: `speedup grade --strategy` compiles them anew.
STRATEGY_HEADERS = harness/base/error.h harness/base/spawn.h harness/base/process/pipe.h

# Where it goes: make install PREFIX=$$HOME/.local. DESTDIR is for those who make packages of it.
install: program ## put the program, its graphs' scripts and its texts below PREFIX (/usr/local)
	$(Q)install -d '$(DESTDIR)$(PREFIX)/bin' '$(DATA)/plots' '$(DOCUMENTS)'
	$(Q)install $(BUILD)/speedup $(MPI_PROGRAM) '$(DESTDIR)$(PREFIX)/bin'
	$(Q)install -m 644 plots/*.gp '$(DATA)/plots'
	$(Q)install -d '$(DATA)/strategies' '$(DATA)/harness/grade/probe'
	$(Q)install -m 644 strategies/*.[ch] '$(DATA)/strategies'
	$(Q)for header in $(STRATEGY_HEADERS); do install -d "$(DATA)/$$(dirname $$header)" && \
	    install -m 644 $$header "$(DATA)/$$header" || exit 1; done
	$(Q)install -m 644 harness/grade/*.md '$(DATA)/harness/grade'
	$(Q)install -m 644 harness/grade/probe/hooks.h '$(DATA)/harness/grade/probe'
	$(Q)install -d '$(DATA)/harness/grade/probe/headers/sys'
	$(Q)install -m 644 harness/grade/probe/headers/*.h '$(DATA)/harness/grade/probe/headers'
	$(Q)install -m 644 harness/grade/probe/headers/sys/*.h '$(DATA)/harness/grade/probe/headers/sys'
	$(Q)install -m 644 $(PROBE) '$(DATA)'
	$(Q)install -m 644 README.md EXERCISES.md TEACHING.md LICENSE '$(DOCUMENTS)'
	$(Q)install -m 644 NOTEBOOK.md plots/*.schema.json '$(DOCUMENTS)'
	$(Q)for text in man bash zsh fish; do $(BUILD)/speedup manual $$text >$(BUILD)/manual.$$text || exit 1; done
	$(Q)$(call each_manual,install -d "$$(dirname "$$place")" && install -m 644 $(BUILD)/manual.$$text "$$place")

uninstall: ## remove what install put there
	$(Q)rm -f '$(DESTDIR)$(PREFIX)/bin/speedup' '$(DESTDIR)$(PREFIX)/bin/speedup-mpi'
	$(Q)$(call each_manual,rm -f "$$place")
	$(Q)rm -rf '$(DATA)' '$(DOCUMENTS)'

clean: ## remove everything that was built or measured
	rm -rf $(BUILD)

help: ## this list
	@awk -F ':.*## ' '/^# ---- for / { split($$0, word, " "); print "For " word[4] ":" } \
	    /^[a-z -]+:.*## / { split($$1, name, " "); printf "  make %-16s %s\n", name[1], $$2 }' Makefile tests/checks.mk
	@echo
	@echo "Knobs: CC=clang, ARCH= (any machine of this kind), OUT=DIR (build/results),"
	@echo "BUDGET=SECONDS and BENCH_FLAGS='...' for bench (see build/speedup bench --help)."

# ---- for developers -------------------------------------------------------------------------------

.PHONY: test mutants test-blas lint sanitize sanitize-all sanitize-address sanitize-thread \
        bench-filters bench-dot bench-generator bench-overhead pictures dist deb

TEST_ENVIRONMENT = SPEEDUP=$(abspath $(BUILD)/speedup) SPEEDUP_BROKEN=$(abspath $(BROKEN_PROGRAM)) \
                   SPEEDUP_INJECTOR=$(abspath $(INJECTOR))
test: program $(BROKEN_PROGRAM) $(STUB_BLAS) $(INJECTOR) $(TEST_PROGRAMS) ## run all tests
	$(Q)sh tests/arrows.sh
	$(Q)export $(TEST_ENVIRONMENT); for t in $(TEST_PROGRAMS); do echo "== $$t"; $$t || exit 1; done

# More than an hour; `make mutants ENTRIES=samples.c` tries those of one file.
ENTRIES =
mutants: ## put one error after the other into a copy: does a test notice?
	$(Q)$(PYTHON) tests/mutate/mutate.py $(ENTRIES)

# Debian keeps each BLAS in a directory of its own.
BLAS_DIRECTORIES = $(dir $(wildcard /usr/lib/*/*/libblas.so.3))
BLAS_TESTS := $(BUILD)/tests/filters/test_blas_filters $(BUILD)/tests/whole/test_blas $(BUILD)/tests/whole/test_blas_speed
test-blas: program $(STUB_BLAS) $(BLAS_TESTS) ## the tests of BLAS under each one installed
	$(Q)export $(TEST_ENVIRONMENT); for directory in $(BLAS_DIRECTORIES:/=); do \
	    export LD_LIBRARY_PATH="$$directory"; echo "== $$directory"; $(BUILD)/speedup blas || exit 1; \
	    for t in $(BLAS_TESTS); do $$t || exit 1; done; done

# cppcheck's ctuuninitvar takes a pointer to an error that is still to be set for one that is read. The
# sources in tests/mutants and tests/variants are wrong on purpose.
lint: ## layout and static checks of all sources
	$(Q)git ls-files '*.c' '*.h' | xargs clang-format --dry-run -Werror
	$(Q)git ls-files '*.c' ':!tests/mutants' ':!tests/variants' | xargs cppcheck --quiet --error-exitcode=1 --enable=warning,performance,portability \
	    --inline-suppr --suppress=missingIncludeSystem --suppress=ctuuninitvar -I. --std=c11
	$(Q)shellcheck .ci/run $$(git ls-files '*.sh')
	$(Q)! $(MAKE) -n --warn-undefined-variables program test 2>&1 >/dev/null | grep 'undefined variable'

sanitize: sanitize-address sanitize-thread ## the tests under the address, undefined-behaviour and thread sanitizers

# MPI libraries leak by themselves; a strategy that crashes on purpose is to die of its signal.
sanitize-address:
	$(Q)ASAN_OPTIONS=handle_segv=0 LSAN_OPTIONS=suppressions=$(CURDIR)/tests/support/lsan.supp \
	    $(MAKE) CC=clang MPICC=none BUILD=$(BUILD)/asan OPT=-O1 \
	    LDFLAGS='-fsanitize=address,undefined' \
	    CFLAGS='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer' test

# Under the thread sanitizer everything that computes takes ten times as long. These compute for a minute and
# more where it has nothing to find: in one thread (two filters, 20 000 rows), in a library that it does not
# see (OpenBLAS), or in compilers and what they make (grading).
TSAN_LONG  = tests/filters/test_filters.c tests/filters/test_methods.c tests/faults/test_poor.c \
             tests/whole/test_blas.c tests/whole/test_grade.c tests/grade/test_given.c
# It counts threads, and MiB, of which the sanitizer has some of its own in every process.
TSAN_NEVER = tests/machine/test_sampler.c
TSAN_TESTS = $(filter-out $(TSAN_LONG) $(TSAN_NEVER),$(TESTS))
# Its reports go to files, since nobody may read what processes deep below a test print. A strategy that
# crashes on purpose is to die of its signal, and libraries that are not instrumented are left out.
sanitize-thread:
	$(Q)rm -rf $(BUILD)/tsan/reports && mkdir -p $(BUILD)/tsan/reports
	$(Q)TSAN_OPTIONS='ignore_noninstrumented_modules=1 handle_segv=0 log_path=$(abspath $(BUILD))/tsan/reports/of' \
	    $(MAKE) CC=clang MPICC=none BUILD=$(BUILD)/tsan OPT=-O1 LDFLAGS=-fsanitize=thread \
	    CFLAGS='-fsanitize=thread -DPROGRAM_TIME_LIMIT=600' TEST_PROGRAMS='$(TSAN_TESTS:%.c=$(BUILD)/tsan/%)' test
	$(Q)! cat $(BUILD)/tsan/reports/* 2>/dev/null | grep .

sanitize-all: ## the same, with the tests that take minutes under the thread sanitizer
	$(Q)$(MAKE) sanitize TSAN_LONG=

bench-filters: $(BUILD)/tests/bench/bench_filters ## the engines of the median over windows and sizes, and a graph
	$(Q)$< $(OUT)
	$(Q)here="$$PWD"; cd $(OUT) && for kind in png svg; do \
	    gnuplot -e "terminal='$$kind'; output='filters.$$kind'; \
	        caption='$(CC) $(OPT) $(ARCH); `uname -srm`; `date +%Y-%m-%d`'" \
	        "$$here/plots/filters.gp" || exit 1; done; echo "$(OUT)/filters.png"

bench-dot: $(BUILD)/tests/bench/bench_filters ## a matrix times its transpose: plain C, BLAS, NumPy
	$(Q)$(PYTHON) tests/bench/compare_numpy.py $(BUILD)

bench-generator: $(BUILD)/speedup $(BUILD)/tests/bench/time_fake ## fake images beside NumPy's
	$(Q)$(PYTHON) tests/bench/numpy_generate.py $(BUILD)

.PHONY: prove
prove: $(PROVE_PROGRAM) ## put known causes of loss in, and see whether the report finds them: a quarter of an hour
	$(Q)sh tests/prove/prove.sh $(PROVE_PROGRAM) $(BUILD)/prove

bench-overhead: $(BUILD)/tests/bench/time_overhead ## nanoseconds a task that each strategy costs
	$(Q)$<

pictures: $(BUILD)/speedup ## the graphs of machines that are not at hand, from made-up results, to look at
	$(Q)$(PYTHON) tests/graphs/synthetic_results.py $(BUILD)/pictures $(BUILD)/speedup

.PHONY: kills
kills: $(BUILD)/speedup ## kill benchmarks at random moments of every strategy: what is left, and does --resume go on?
	$(Q)$(PYTHON) tests/faults/kills.py --speedup $(BUILD)/speedup $(KILLS_FLAGS)

.PHONY: test-mutants
test-mutants: $(BUILD)/speedup $(PROBE) ## grade the gallery of broken and of right strategies: is every fault found?
	$(Q)SPEEDUP=$(BUILD)/speedup sh tests/mutants.sh $(MUTANT_FLAGS)

.PHONY: test-variants
test-variants: $(BUILD)/speedup $(PROBE) ## grade 31 strategies that a student may write, with timing; 10 minutes
	$(Q)SPEEDUP=$(BUILD)/speedup sh tests/mutants.sh -f tests/variants/*/*.c

# Some ten minutes; FAULTS='all few', or 'own every bench:fork', and so on (tests/faults/sweep.c).
FAULTS = own few
.PHONY: faults
faults: $(BUILD)/speedup $(INJECTOR) $(BUILD)/tests/faults/sweep ## one system call after the other fails: an error, and nothing left behind?
	$(Q)$(BUILD)/tests/faults/sweep $(BUILD)/speedup $(INJECTOR) $(FAULTS)

.PHONY: scale
scale: $(BUILD)/speedup ## large frames, many files, a million tasks, 256 workers: how much memory? 40 GB of disk
	$(Q)sh tests/bench/scale.sh $(BUILD)/speedup

.PHONY: test-docs
test-docs: program ## run every command of README.md, EXERCISES.md and TEACHING.md, on small images
	$(Q)sh tests/documents.sh

dist: ## the sources of the last commit as one file, build/speedup-VERSION.tar.gz
	$(Q)mkdir -p $(BUILD)
	$(Q)git archive --prefix=speedup-$(VERSION)/ -o $(BUILD)/speedup-$(VERSION).tar.gz HEAD
	@echo $(BUILD)/speedup-$(VERSION).tar.gz

# Without a directory `debian/`: what `make install` puts, and what it needs. For this very processor,
# unless built with ARCH=.
DEB = $(BUILD)/deb
deb: program ## a package for Debian and Ubuntu, build/speedup_VERSION_ARCHITECTURE.deb
	$(Q)rm -rf $(DEB) && mkdir -p $(DEB)/DEBIAN
	$(Q)$(MAKE) --no-print-directory install PREFIX=/usr DESTDIR='$(abspath $(DEB))'
	$(Q)gzip -9n $(DEB)/usr/share/man/man1/speedup.1
	$(Q)architecture=$$(dpkg --print-architecture) && \
	    needs=$$(objdump -p $(BUILD)/speedup | awk '/NEEDED/ { print $$2 }' >$(DEB).needed; \
	        ldd $(BUILD)/speedup | grep -F -f $(DEB).needed | awk '$$3 ~ /^\// { print $$3 }' | xargs -n 1 readlink -f | \
	        sed 'p; s,^/usr/,/,; t; s,^/,/usr/,' | xargs dpkg-query -S 2>/dev/null | cut -d: -f1 | sort -u | \
	        paste -s -d, - | sed 's/,/, /g') && \
	    printf '%s\n' 'Package: speedup' 'Version: $(VERSION)' "Architecture: $$architecture" \
	        "Depends: $$needs" 'Recommends: gnuplot-nox, libopenblas0, openmpi-bin' 'Section: science' \
	        'Priority: optional' 'Maintainer: $(shell git config user.name) <$(shell git config user.email)>' \
	        'Description: how fast can you go, is the speedup linear, and if not, why?' \
	        ' Measures one image filter under interchangeable parallel strategies.' \
	        >$(DEB)/DEBIAN/control && \
	    dpkg-deb --build --root-owner-group $(DEB) \
	        "$(BUILD)/speedup_$(VERSION)_$$architecture.deb"

include tests/checks.mk

# ---- how things are built -------------------------------------------------------------------------

LINK = $(Q)echo "  LD   $@"; $(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^

$(BUILD)/speedup: $(OBJECTS)
	$(LINK) $(ALL_LIBS)

$(BROKEN_PROGRAM): $(BROKEN:%.c=$(BUILD)/%.o) $(filter-out $(BUILD)/strategies/catalogue.o,$(OBJECTS))
	$(LINK) $(ALL_LIBS)

# Known causes in the place of the strategies, known work in that of the filters.
$(PROVE_PROGRAM): $(PROVE:%.c=$(BUILD)/%.o) $(filter-out $(BUILD)/strategies/catalogue.o $(BUILD)/filters/catalogue.o,$(LIBRARY))
	$(LINK) $(ALL_LIBS)

$(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(LIBRARY)
	$(LINK) $(ALL_LIBS)

$(TEST_PROGRAMS): $(BUILD)/%: $(BUILD)/%.o $(HELPERS:%.c=$(BUILD)/%.o) $(LIBRARY)
	$(LINK) $(CMOCKA_LIBS) $(ALL_LIBS)

# mpicc is told to use our compiler, in the words of Open MPI and of MPICH.
$(BUILD)/speedup-mpi: strategies/launchers/mpi_ranks.c $(LIBRARY)
	@echo "  MPI  $@"
	$(Q)OMPI_CC='$(CC)' MPICH_CC='$(CC)' $(MPICC) $(ALL_CFLAGS) $(LIBRARY_CFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)

$(PROBE): $(PROBE_PARTS:%.c=$(BUILD)/%.o) $(PROBE_OTHERS:%=$(BUILD)/harness/grade/probe/other/%.o)
	@echo "  AR   $@"
	$(Q)rm -f $@ && $(AR) rc $@ $^

# Compiled once more, without sanitizers.
$(BUILD)/harness/grade/probe/other/%.o: %.c $(BUILD)/flags | libraries
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(UNIT_CFLAGS) -MMD -MP -c -o $@ $<

$(INJECTOR): tests/faults/inject.c tests/faults/inject_files.c tests/faults/inject.h \
             tests/faults/inject_private.h $(BUILD)/flags | libraries
	@mkdir -p $(@D)
	@echo "  LD   $@"
	$(Q)$(CC) $(ALL_CFLAGS) -shared -fPIC -o $@ $(filter %.c,$^) -ldl

TRIAL := $(BUILD)/tests/faults/trial.o $(BUILD)/tests/faults/trial_judge.o $(BUILD)/tests/faults/tree.o
$(BUILD)/tests/faults/test_faults: $(TRIAL)
$(BUILD)/tests/faults/sweep: $(BUILD)/tests/faults/sweep.o $(TRIAL)
	$(LINK)

$(BUILD)/tests/stub/libblas.so.3: tests/support/stub/unknown_blas.c $(BUILD)/flags | libraries
	@mkdir -p $(@D)
	@echo "  LD   $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LIBRARY_CFLAGS) -shared -fPIC -Wl,-soname,libblas.so.3 -o $@ $<

$(BUILD)/strategies/launchers/mpi.o: UNIT_CFLAGS = $(if $(MPI_PROGRAM),-DWITH_MPI)
# As a BLAS does it: multiply and add in one operation, rounded once.
$(BUILD)/filters/matrix/dot_blocked.o: UNIT_CFLAGS = -ffp-contract=fast
$(BUILD)/strategies/openmp.o $(BUILD)/strategies/mine.o: UNIT_CFLAGS = $(OPENMP_CFLAGS)
$(BUILD)/harness/machine/build.o: UNIT_CFLAGS = -DBUILD_VERSION='"$(VERSION)"' -DBUILD_COMMIT='"$(COMMIT)"' \
	-DBUILD_FLAGS='"$(CC) $(CFLAGS) $(EXTRA) $(OPT) $(ARCH)"'
$(BUILD)/harness/base/self.o: UNIT_CFLAGS = -DSOURCE_DIRECTORY='"$(CURDIR)"' \
	-DDATA_DIRECTORY='"$(PREFIX)/share/speedup"'
$(BUILD)/harness/grade/build/compile.o: UNIT_CFLAGS = -DGRADE_CC='"$(CC)"' \
	-DGRADE_OPENMP='"$(OPENMP_CFLAGS)"' -DGRADE_OPENMP_LIBS='"$(OPENMP_LIBS)"'
$(BUILD)/tests/%.o: UNIT_CFLAGS = $(CMOCKA_CFLAGS)
# Linked with programs under every sanitizer, and itself under none.
$(BUILD)/harness/grade/probe/%.o: UNIT_CFLAGS = -fPIE -fno-sanitize=all

# The flags are a prerequisite: after `make`, `make ARCH=` compiles everything again.
$(BUILD)/%.o: %.c $(BUILD)/flags | libraries
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(LIBRARY_CFLAGS) $(UNIT_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/flags: always-look
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS)' >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# The only files that know where the program will be installed, which one it is, and whether there is an MPI:
# where that comes later, nothing else is compiled again.
$(BUILD)/harness/base/self.o: $(BUILD)/prefix
$(BUILD)/harness/machine/build.o: $(BUILD)/version
$(BUILD)/strategies/launchers/mpi.o: $(BUILD)/mpi
$(BUILD)/prefix: FACTS = $(CURDIR) $(PREFIX)
$(BUILD)/version: FACTS = $(VERSION) $(COMMIT)
$(BUILD)/mpi: FACTS = $(MPI_PROGRAM)
$(BUILD)/prefix $(BUILD)/version $(BUILD)/mpi: always-look
	@mkdir -p $(@D)
	@echo '$(FACTS)' >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

always-look:

# One line for what is missing, instead of a compiler's hundred.
libraries: $(filter deps class,$(MAKECMDGOALS))
	@command -v pkg-config >/dev/null || \
	    { echo "pkg-config is not installed: run \`make deps\`" >&2; exit 1; }
	@for library in $(LIBRARIES) $(if $(filter test,$(MAKECMDGOALS)),cmocka); do \
	    pkg-config --exists $$library || \
	        { echo "$$library is not installed: run \`make deps\`" >&2; exit 1; }; \
	done

# Kept, although they are only steps on the way.
COMPILED := $(SOURCES) $(PROBE_PARTS) $(TESTS) $(BROKEN) $(HELPERS) $(PROVE) $(wildcard tests/bench/*.c tests/fuzz/*.c)
.SECONDARY: $(COMPILED:%.c=$(BUILD)/%.o)
-include $(COMPILED:%.c=$(BUILD)/%.d)
