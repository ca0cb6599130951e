/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/sections.h"

#include <stddef.h>

const struct section sections[] = {
    {.name = "activity",
     .title = "The activity: images in memory, under every in-process strategy",
     .share = 0.5,
     .options = {"--strategies", "serial,fork,fork-pipe,pthreads,pool,process-pool,openmp"}},
    {.name = "files",
     .title = "Files and program launchers: read, filter and write one file a task",
     .subdirectory = "files",
     .share = 0.15,
     .options = {"--images", "12", "--io", "files", "--skip-missing", "--strategies",
                 "serial,pool,process-pool,programs,gnu-parallel,mpi"}},
    {.name = "blas",
     .title = "BLAS threads on and off: a library that is parallel by itself",
     .subdirectory = "blas",
     .share = 0.14,
     .options = {"--filter", "dot", "--grain", "image", "--images", "12", "--size", "1000x1500",
                 "--blas-threads", "off,on", "--strategies", "serial,blas,pool"}},
    {.name = "threads",
     .title = "Threads against processes: what a global lock does",
     .subdirectory = "threads",
     .share = 0.14,
     .options = {"--images", "12", "--lock", "both", "--strategies",
                 "serial,process-pool,pthreads,global-lock"}},
    {.name = "wait",
     .title = "Tasks that wait for a server: many more threads than cores pay off",
     .subdirectory = "wait",
     .share = 0.07,
     .options = {"--filter", "wait", "--latency", "5", "--workers", "1,5,25", "--lock", "both",
                 "--strategies", "serial,pthreads,global-lock"}},
    {.name = NULL},
};
