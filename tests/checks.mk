# SPDX-License-Identifier: GPL-3.0-or-later
# The checks that take long, or need tools of their own: run by hand. See tests/README.md.

.PHONY: fuzz fuzz-seeds

# ---- fuzzing --------------------------------------------------------------------------------------

# Each target of tests/fuzz/fuzz.h for so many seconds, from what was found before; what is found now
# stays in $(FUZZ_POOL), and a file that breaks something is named on the terminal.
FUZZ         = fits result json words options
FUZZ_SECONDS = 60
FUZZ_FLAGS   = -timeout=20 -rss_limit_mb=3000 -max_len=40000 -print_final_stats=1
FUZZ_POOL    = $(BUILD)/fuzz/pool
FUZZ_BUILD   = $(MAKE) --no-print-directory CC='$(FUZZ_CC)' MPICC=none BUILD=$(BUILD)/fuzz OPT=-O1 \
    CFLAGS='-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all -fno-omit-frame-pointer' \
    LDFLAGS=-fsanitize=address,undefined,fuzzer-no-link
FUZZ_CC      = clang

fuzz: ## libFuzzer on what comes from outside: FUZZ_SECONDS=60 each, FUZZ='fits json' only these
	$(Q)$(FUZZ_BUILD) $(FUZZ:%=$(BUILD)/fuzz/tests/fuzz/fuzzer_%)
	$(Q)for target in $(FUZZ); do echo "== $$target"; mkdir -p $(FUZZ_POOL)/$$target; \
	    ASAN_OPTIONS=allocator_may_return_null=1 $(BUILD)/fuzz/tests/fuzz/fuzzer_$$target $(FUZZ_FLAGS) \
	        -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=$(FUZZ_POOL)/$$target- \
	        $(FUZZ_POOL)/$$target tests/fuzz/corpus/$$target || exit 1; done

FUZZ_PARTS := $(patsubst %.c,$(BUILD)/%.o,$(filter-out %/libfuzzer.c %/cut_fits.c,$(wildcard tests/fuzz/[a-s]*.c)))

$(BUILD)/tests/fuzz/fuzzer_%: $(BUILD)/tests/fuzz/entry_%.o $(FUZZ_PARTS) $(LIBRARY)
	$(LINK) $(ALL_LIBS) -fsanitize=fuzzer

$(BUILD)/tests/fuzz/entry_%.o: tests/fuzz/libfuzzer.c $(BUILD)/flags | libraries
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -DFUZZ_TARGET=fuzz_$* -MMD -MP -c -o $@ $<

-include $(FUZZ_PARTS:.o=.d) $(wildcard $(BUILD)/tests/fuzz/entry_*.d)

# The plain test of what was found before.
$(BUILD)/tests/fuzz/test_corpus: $(FUZZ_PARTS)

# Starting points for it; name real images, if there are some, in SEED_IMAGES.
SEED_IMAGES =
fuzz-seeds: $(BUILD)/speedup $(BUILD)/tests/fuzz/cut_fits
	$(Q)CUT_FITS=$(BUILD)/tests/fuzz/cut_fits SPEEDUP=$(BUILD)/speedup \
	    sh tests/fuzz/make_seeds.sh $(FUZZ_POOL) $(SEED_IMAGES)

$(BUILD)/tests/fuzz/cut_fits: tests/fuzz/cut_fits.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(LIBRARY_CFLAGS) $(LDFLAGS) -o $@ $< $(ALL_LIBS)

# ---- valgrind -------------------------------------------------------------------------------------

.PHONY: memcheck
memcheck: ## the whole program under valgrind: no error, nothing lost
	$(Q)$(MAKE) --no-print-directory ARCH= OPT=-O1 MPICC=none BUILD=$(BUILD)/memcheck $(BUILD)/memcheck/speedup
	$(Q)SPEEDUP=$(abspath $(BUILD)/memcheck/speedup) sh tests/memcheck.sh

# ---- static checks --------------------------------------------------------------------------------

.PHONY: tidy analyze
# Of files of one compiler each; what .clang-tidy leaves out it explains. Others' headers are theirs.
TIDY = $(filter-out strategies/launchers/mpi_ranks.c,$(SOURCES) $(PROBE_PARTS))
TIDY_DEFINES = $(foreach word,BUILD_VERSION BUILD_COMMIT BUILD_FLAGS SOURCE_DIRECTORY DATA_DIRECTORY GRADE_CC \
                 GRADE_OPENMP GRADE_OPENMP_LIBS,-D$(word)=\"\")
tidy: ## clang-tidy: bugprone, concurrency, cert
	$(Q)printf '%s\n' $(TIDY) | xargs -n 1 -P 2 sh -c 'clang-tidy --quiet "$$0" -- $(filter-out -march=% -mtune=% -g,$(ALL_CFLAGS)) \
	    $(LIBRARY_CFLAGS) $(OPENMP_CFLAGS) $(TIDY_DEFINES) 2>$(BUILD)/tidy.err || exit 1' && echo "tidy: no finding"

# What it takes for a fault and is none stands in tests/support/analyze.supp, with the reason.
analyze: ## gcc's -fanalyzer on all sources
	$(Q)rm -rf $(BUILD)/analyze
	$(Q)mkdir -p $(BUILD)/analyze
	$(Q)LC_ALL=C $(MAKE) --no-print-directory CC=gcc ARCH= OPT=-O1 MPICC=none BUILD=$(BUILD)/analyze \
	    EXTRA=-fanalyzer $(BUILD)/analyze/speedup 2>$(BUILD)/analyze/findings
	$(Q)sh tests/analyze.sh $(BUILD)/analyze/findings
