/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A product of matrices, mat times its transpose, in 10 chunks of rows, as the lesson has it:
 *
 *     cc -O2 -o build/product tests/exercises/product_in_chunks.c
 *     build/product 1000        build/product 1003
 *
 * A question to think about: which numbers of rows would a test have to try?
 */
#include <stdio.h>
#include <stdlib.h>

enum { CHUNKS = 10, COLUMNS = 20 };

/* Rows `first` to `end` - 1 of the product of mat, of `rows` rows, and its transpose. */
static void multiply(const double *mat, int rows, int first, int end, double *product)
{
    for (int i = first; i < end; i++)
        for (int j = 0; j < rows; j++) {
            double sum = 0;
            for (int k = 0; k < COLUMNS; k++)
                sum += mat[i * COLUMNS + k] * mat[j * COLUMNS + k];
            product[(size_t)i * (size_t)rows + (size_t)j] = sum;
        }
}

int main(int argc, char **argv)
{
    int rows = argc > 1 ? atoi(argv[1]) : 1000;
    int rows_per_chunk = rows / CHUNKS, wrong = 0;
    if (rows < 1 || rows > 10000) {
        fprintf(stderr, "product: 1 to 10000 rows\n");
        return 2;
    }
    size_t size = (size_t)rows * (size_t)rows;
    double *mat = calloc((size_t)rows * COLUMNS, sizeof *mat);
    double *whole = calloc(size, sizeof *whole), *chunked = calloc(size, sizeof *chunked);
    if (!mat || !whole || !chunked) {
        fprintf(stderr, "product: no memory\n");
        return 1;
    }
    for (int i = 0; i < rows * COLUMNS; i++)
        mat[i] = 1 + i % 7;
    multiply(mat, rows, 0, rows, whole);
    for (int chunk = 0; chunk < CHUNKS; chunk++)
        multiply(mat, rows, chunk * rows_per_chunk, (chunk + 1) * rows_per_chunk, chunked);
    for (int i = 0; i < rows; i++)
        wrong += chunked[(size_t)i * (size_t)rows] != whole[(size_t)i * (size_t)rows];
    printf("%d rows in %d chunks of %d: %d rows are missing\n", rows, CHUNKS, rows_per_chunk,
           wrong);
    free(mat);
    free(whole);
    free(chunked);
    return 0;
}
