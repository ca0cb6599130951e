/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/scaling/scaling.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>

/* The width of a 95 % interval, in standard errors. */
static const double INTERVAL_ERRORS = 2 * 1.959964;
static const double CHANCE_AT_LEAST = 0.05; /* for scaling_agrees() */
static const double WIDTH_AT_MOST = 3;      /* for scaling_is_known(): upper end / lower end */
enum { ITERATIONS_AT_MOST = 200 };

/* What GSL hands to the two functions below. */
struct task {
    enum scaling_law law;
    const struct scaling_point *points;
    size_t count;
};

bool scaling_point_of(const struct estimate *speedup, double ceiling, int workers,
                      struct scaling_point *point)
{
    double counting = workers / ceiling;
    *point = (struct scaling_point){.workers = workers,
                                    .speedup = speedup->value * counting,
                                    .error = (speedup->high - speedup->low) * counting /
                                             INTERVAL_ERRORS};
    return isfinite(point->speedup) && point->error > 0; /* false for NaN */
}

double scaling_speedup(enum scaling_law law, const double *parameters, double workers)
{
    double w = workers;
    if (law == SCALING_AMDAHL)
        return 1 / (parameters[0] + (1 - parameters[0]) / w);
    return w / (1 + parameters[0] * (w - 1) + parameters[1] * w * (w - 1));
}

static int distances(const gsl_vector *x, void *given, gsl_vector *f)
{
    const struct task *task = given;
    for (size_t i = 0; i < task->count; i++)
        gsl_vector_set(
            f, i,
            scaling_speedup(task->law, gsl_vector_const_ptr(x, 0), task->points[i].workers) -
                task->points[i].speedup);
    return GSL_SUCCESS;
}

/* Both laws are W / denominator, and the denominators are linear: 1 + s (W - 1) of Amdahl. */
static int slopes(const gsl_vector *x, void *given, gsl_matrix *J)
{
    const struct task *task = given;
    for (size_t i = 0; i < task->count; i++) {
        double w = task->points[i].workers;
        double speedup = scaling_speedup(task->law, gsl_vector_const_ptr(x, 0), w);
        double slope = -speedup * speedup / w;
        gsl_matrix_set(J, i, 0, slope * (w - 1));
        if (task->law == SCALING_USL)
            gsl_matrix_set(J, i, 1, slope * w * (w - 1));
    }
    return GSL_SUCCESS;
}

static void take_fit(const gsl_multifit_nlinear_workspace *workspace, gsl_matrix *covariance,
                     size_t count, struct scaling_fit *fit)
{
    const gsl_vector *x = gsl_multifit_nlinear_position(workspace);
    const gsl_vector *f = gsl_multifit_nlinear_residual(workspace); /* weighted */
    double freedom = (double)count - fit->parameters;
    double factor = gsl_cdf_tdist_Pinv(0.975, freedom);
    fit->chi_squared = 0;
    for (size_t i = 0; i < count; i++)
        fit->chi_squared += gsl_vector_get(f, i) * gsl_vector_get(f, i);
    fit->chance = gsl_cdf_chisq_Q(fit->chi_squared, freedom);
    gsl_multifit_nlinear_covar(gsl_multifit_nlinear_jac(workspace), 0, covariance);
    for (size_t k = 0; k < (size_t)fit->parameters; k++) {
        double value = gsl_vector_get(x, k), half = factor * sqrt(gsl_matrix_get(covariance, k, k));
        fit->parameter[k] = (struct estimate){value, value - half, value + half};
    }
}

static int solve(struct task *task, gsl_multifit_nlinear_workspace *workspace,
                 const gsl_vector *start, const gsl_vector *weights, gsl_matrix *covariance,
                 struct scaling_fit *fit, struct error *error)
{
    gsl_multifit_nlinear_fdf problem = {.f = distances,
                                        .df = slopes,
                                        .n = task->count,
                                        .p = (size_t)fit->parameters,
                                        .params = task};
    int why = 0;
    if (gsl_multifit_nlinear_winit(start, weights, &problem, workspace) != GSL_SUCCESS ||
        gsl_multifit_nlinear_driver(ITERATIONS_AT_MOST, 1e-10, 1e-10, 0, NULL, NULL, &why,
                                    workspace) != GSL_SUCCESS)
        return error_set(error, "scaling", "no fit was found");
    take_fit(workspace, covariance, task->count, fit);
    return 0;
}

int scaling_fit(enum scaling_law law, const struct scaling_point *points, size_t count,
                struct scaling_fit *fit, struct error *error)
{
    struct task task = {law, points, count};
    size_t parameters = law == SCALING_AMDAHL ? 1 : 2;
    *fit = (struct scaling_fit){.parameters = (int)parameters};
    if (count < SCALING_POINTS_AT_LEAST)
        return error_set(error, "scaling", "a fit takes at least %d numbers of workers",
                         SCALING_POINTS_AT_LEAST);
    /* GSL ends the program at an error unless it is told not to. */
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    gsl_multifit_nlinear_parameters how = gsl_multifit_nlinear_default_parameters();
    gsl_multifit_nlinear_workspace *workspace =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &how, count, parameters);
    gsl_vector *start = gsl_vector_calloc(parameters), *weights = gsl_vector_alloc(count);
    gsl_matrix *covariance = gsl_matrix_alloc(parameters, parameters);
    int failed = -1;
    if (workspace && start && weights && covariance) {
        gsl_vector_set(start, 0, 0.01);
        for (size_t i = 0; i < count; i++)
            gsl_vector_set(weights, i, 1 / (points[i].error * points[i].error));
        failed = solve(&task, workspace, start, weights, covariance, fit, error);
    } else {
        error_set(error, "scaling", "no memory");
    }
    if (workspace)
        gsl_multifit_nlinear_free(workspace);
    gsl_vector_free(start);
    gsl_vector_free(weights);
    gsl_matrix_free(covariance);
    gsl_set_error_handler(handler);
    return failed;
}

bool scaling_agrees(const struct scaling_fit *fit)
{
    return fit->chance >= CHANCE_AT_LEAST;
}

bool scaling_is_known(const struct estimate *parameter)
{
    return parameter->low > 0 && parameter->high < WIDTH_AT_MOST * parameter->low;
}

double scaling_peak(const struct scaling_fit *usl)
{
    double a = usl->parameter[0].value, b = usl->parameter[1].value;
    return b > 0 && a < 1 ? sqrt((1 - a) / b) : (double)INFINITY;
}
