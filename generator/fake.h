/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fake images: smooth random fields, the ones that the activity makes with NumPy.
 *
 *     np.random.seed(seed)
 *     phases = np.random.uniform(0, 2*np.pi, (ny, nx))
 *     u, v = np.meshgrid(np.fft.fftfreq(nx), np.fft.fftfreq(ny))
 *     rho = np.sqrt((u*nx)**2 + (v*ny)**2)
 *     spectrum = np.exp(-rho**2 / (rho.max()/50)**2) * np.exp(1j*phases)
 *     image = np.real(np.fft.ifft2(spectrum))
 *
 * Every frequency gets a random phase, and an amplitude that falls like a Gaussian; of the inverse
 * transform, the real part is kept. fake_image() gives the same pixels to 1e-12 of the largest one,
 * but an image of 1000 x 1000 takes 606 transforms of rows and columns instead of 2000:
 *
 * - The real part of a transform is the transform of the Hermitian part of the spectrum,
 *   H[k] = (S[k] + conj(S[-k])) / 2. As H[-k] = conj(H[k]), half of its columns tell all of it.
 * - Nearly all amplitudes are too small to show. They fall off in rows and in columns separately,
 *   exp(-x^2/w^2) * exp(-y^2/w^2) with w = rho.max()/50, and a row or column is left out where its
 *   factor is below 1e-18 / (ny * nx). All that is left out then adds up to less than 1e-18 of the
 *   amplitude of the zero frequency. (Its random numbers are drawn nevertheless, so that the next
 *   ones are the right ones.)
 * - Two rows of pixels are one transform: with the Hermitian spectra A and B of two real rows,
 *   A + iB has the one for its real part and the other for its imaginary part.
 *
 * One size deserves a word: for 1 x 1 NumPy makes NaN, as rho.max() is 0 and 0/0 is not a number.
 * So does fake_image().
 */
#ifndef GENERATOR_FAKE_H
#define GENERATOR_FAKE_H

#include <stddef.h>
#include <stdint.h>

#include "generator/image.h"
#include "harness/base/error.h"

/* What all images of one size have in common. Read-only once it is made: any number of threads may
 * share it. */
struct fake_plan;

/* What a thread needs to itself while it makes an image; for images of one plan only. */
struct fake_workspace;

/* A plan for images of ny x nx pixels, each at least 1. NULL with *error set: no memory. */
struct fake_plan *fake_plan_create(size_t ny, size_t nx, struct error *error);

/* Frees the plan, after all workspaces made for it; legal on NULL. */
void fake_plan_destroy(struct fake_plan *plan);

/* A workspace for images of this plan. NULL with *error set: no memory. */
struct fake_workspace *fake_workspace_create(const struct fake_plan *plan, struct error *error);

/* Frees the workspace; legal on NULL. */
void fake_workspace_destroy(struct fake_workspace *workspace);

/* Fills all pixels of *image, which must have the size of the plan, with the fake image of this
 * seed. The pixels depend on size and seed alone, to the last bit, whoever computes them. 0, or -1
 * with *error set (seed 0 on some machines: see random_seed()). */
int fake_image(const struct fake_plan *plan, struct fake_workspace *workspace, uint32_t seed,
               struct image *image, struct error *error);

#endif
