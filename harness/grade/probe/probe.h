/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The probe: a small program around one strategy that is being graded.
 *
 * `speedup grade` links a student's file with the probe and runs it once a case ("25 tasks on 7
 * workers, of uneven length"). Two processes take part, and all that these fork:
 *
 *     the watcher   starts the case, looks whether it gets on, ends it when it hangs, and writes the
 *                   report (report.c)
 *     the case      calls the strategy as the harness does, with a job of our own (case.c, task.c)
 *
 * What they know of each other lies in one piece of memory that all share, `struct probe`. The
 * student's file is compiled with hooks.h in front, so that we learn which line creates a thread,
 * takes a lock or runs a task.
 *
 * Nothing here is compiled with a sanitizer, and nothing here takes a lock: so a ThreadSanitizer
 * that looks at the student's code sees no order that we have brought in.
 */
#ifndef HARNESS_GRADE_PROBE_PROBE_H
#define HARNESS_GRADE_PROBE_PROBE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "harness/base/error.h"
#include "strategies/strategy.h"

enum {
    TASKS_MAX = 1024,   /* of one job */
    JOBS_MAX = 2,       /* one after the other in a case */
    WORKERS_MAX = 64,   /* that a case asks for */
    THREADS_MAX = 3000, /* that we keep an eye on at the same time, of all processes */
    BLOCKS_MAX = 2000,  /* allocations that we remember */
    FINDINGS_MAX = 48,
    FRAMES_MAX = 24,
    LOCKS_MAX = 8, /* that one thread holds */
    RESULT_DOUBLES = 16
};

/* A line of the student's file. `file` is a string of the program itself, NULL: not known. */
struct place {
    const char *file;
    int line;
};

/* What the tasks of a case are like. */
enum task_kind {
    TASKS_EVEN,   /* short, with small random pauses */
    TASKS_UNEVEN, /* the first of each eight takes long */
    TASKS_FAIL,   /* some of them fail */
    TASKS_SLEEP,  /* all wait as long: shows how many run at the same time, on any machine */
    TASKS_RAMP,   /* each waits longer than the one before */
    TASKS_ONE,  /* the first waits for long, the others do not: who has nothing to do is to sleep */
    TASKS_BUSY, /* all compute as long: for timing */
    TASKS_LATE  /* the first waits for longer than anybody thinks that it takes */
};

struct plan {
    int tasks, workers, jobs;
    enum task_kind kind;
    unsigned seed;
    double stall_s; /* without a task beginning or ending for so long, it hangs */
};

/* Where a thread stands: in a call that may wait, or on its own way. */
enum stand {
    ON_ITS_WAY,
    IN_LOCK,
    IN_CONDITION,
    IN_SEMAPHORE,
    IN_BARRIER,
    IN_JOIN,
    IN_WAIT,
    IN_READ,
    IN_WRITE,
    IN_SLEEP,
    IN_TASK
};

struct held {
    const void *lock;
    struct place place;
};

/* A thread that has called one of our hooks. */
struct thread {
    atomic_int process; /* 0: free */
    int number;         /* the system's, of the thread */
    atomic_int stand;
    struct place place; /* of the call it stands in, or of the last one */
    const void *object; /* the lock, ... that it waits for */
    struct held held[LOCKS_MAX];
    int held_count;
    bool ended;      /* and kept here because it still holds a lock */
    bool is_created; /* by the file that is graded */
    bool has_run;    /* a task */
    bool has_done;   /* its last task, so far: it may be on its way out */
    atomic_int frames;
    void *frame[FRAMES_MAX]; /* return addresses, when it was asked where it stands */
};

/* What is created and has to be given back: threads, processes, memory, descriptors. */
enum block_kind {
    BLOCK_NONE,
    BLOCK_THREAD,
    BLOCK_PROCESS,
    BLOCK_MEMORY,
    BLOCK_MAPPING,
    BLOCK_DESCRIPTOR
};
struct block {
    atomic_int kind;    /* enum block_kind; -1: being filled in */
    int owner;          /* process that created it */
    uintptr_t name;     /* the thread, process, descriptor, or address */
    size_t bytes;       /* of memory */
    struct place place; /* where it was created */
};

/* A fault, as it was noted. */
struct finding {
    char kind[24];
    struct place place;
    char text[240];
    int frames;
    void *frame[FRAMES_MAX];
};

struct task_record {
    atomic_int begun, done, failed;
    atomic_int process[2]; /* of the first two that ran it */
};

struct worker_record {
    atomic_ulong user; /* identity of the thread that runs a task under this number, 0: none */
    struct place place;
    double workspace[RESULT_DOUBLES];
};

struct probe {
    struct plan plan;
    pid_t process;       /* of the case */
    char *program;       /* the file of this program; in the case only */
    int job, tasks;      /* number of the job that runs, and how many tasks it has */
    atomic_int returned; /* run() has returned this many times */
    atomic_long progress;
    atomic_int running, running_most;
    /* Alive and not done with a task; all; all that have run a task. */
    atomic_int threads, threads_most, threads_created, threads_ran;
    atomic_int processes, processes_most, processes_created, processes_ran;
    struct thread *runner;      /* that calls run() */
    atomic_bool looks_at_clock; /* sleeps, or waits until some time */
    char said[120];             /* what it has told job_fail() */
    struct place joined_place, last_task, locked_task, created, forked;
    /* The same address, in the creating function, given to several threads, and what lay there. */
    const void *argument;
    unsigned char argument_bytes[8];
    bool argument_shared, argument_changed;
    double wall_s, cpu_s; /* of run(), of the last job */
    atomic_llong task_ns; /* what the tasks of the job took, added up */
    atomic_int findings_begun;
    struct finding finding[FINDINGS_MAX];
    struct thread thread[THREADS_MAX];
    struct block block[BLOCKS_MAX];
    struct worker_record worker[WORKERS_MAX];
    struct task_record task[JOBS_MAX * TASKS_MAX];
};

/* Results, of each task of each job, in pages of their own: for strategies that send results. */
extern double (*probe_result)[RESULT_DOUBLES];
enum { RESULT_BYTES = JOBS_MAX * TASKS_MAX * RESULT_DOUBLES * (int)sizeof(double) };

extern struct probe *probe;

/* Notes a fault; the first of each kind is kept. `place` may be unknown. */
void probe_note(const char *kind, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A number that differs between threads, also of different processes. Never 0. */
unsigned long probe_identity(void);

/* The record of the calling thread; NULL when there is no room for more. */
struct thread *probe_thread(void);

/* The calling thread ends: its record becomes free, unless it still holds a lock. */
void probe_thread_leaves(void);

/* From probe_stand() to probe_walk() the calling thread stands in a call that may wait, for
 * `object`. */
void probe_stand(enum stand stand, const void *object, struct place place);
void probe_walk(void);

/* Creates a thread that calls one of the two functions. 0, or an error number. */
int probe_create_thread(pthread_t *thread, const pthread_attr_t *attributes, void *(*posix)(void *),
                        int (*c11)(void *), void *argument, struct place place);

/* Whether this process was forked by the file that is graded. */
extern bool probe_is_forked;

/* Remembers something that this process has created, and forgets it when it is given back; false
 * where it was not remembered. */
void probe_keep(enum block_kind kind, uintptr_t name, size_t bytes, struct place place);
bool probe_give_back(enum block_kind kind, uintptr_t name);

/* A short pause, or none, by chance: so that rare interleavings come up. */
void probe_pause(void);
bool probe_by_chance(unsigned one_in);
void probe_sleep(double seconds);

/* Installs the handlers of a case's process: at SIGUSR2 a thread notes its stack (the watcher asks
 * for it), and at a crash the finding is noted with its own. */
void probe_install_signals(void);

/* One case; ends the process. */
_Noreturn void probe_case(const struct strategy *strategy, bool keep_signals);

/* Memory for `probe` and `probe_result`. 0, or -1 with *error set. */
int probe_create(struct error *error);

/* Workers that are fresh processes: how a strategy starts them; whether this process is one; and
 * what such a one does, with its exit status. */
const struct job_anew *probe_anew(char *program);
bool probe_is_worker(int argc, char **argv);
int probe_serve(char **argv, bool keep_signals);

/* A line of the graded file. In a fresh process the name of the file lies where others do not find
 * it: there it is not known. */
struct place probe_place(const char *file, int line);

/* The job of a case. */
void probe_make_job(struct job *job, int tasks);

/* Whether the result of a task is what it should be, and what that is. */
bool probe_result_is_right(int job, int task);
void probe_expected(int task, double result[RESULT_DOUBLES]);

/* R: runs, or would if there were a core; S: sleeps; -: not known. */
char probe_state(int process, int thread);

/* Writes where each thread stands. */
void probe_report_threads(int fd);

/* Writes what was found about the case that has ended, or hangs. */
void probe_report(int fd, bool hangs, int status);

#endif
