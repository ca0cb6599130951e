#include "harness/config.h"

const char *const grain_names[] = {"image", "band", NULL};
const char *const io_names[] = {"memory", "files", NULL};
const char *const bind_names[] = {"cores", "none", NULL};
const char *const status_names[] = {"ok", "wrong", "failed", "crashed", "timeout", NULL};
