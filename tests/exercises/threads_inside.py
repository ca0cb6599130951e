# SPDX-License-Identifier: GPL-3.0-or-later
"""One task with threads inside: as many as OMP_NUM_THREADS says, else as many as cores."""
import os
import zlib
from concurrent.futures import ThreadPoolExecutor
try:
    import numpy
    mat = numpy.random.rand(1000, 1500)
    for _ in range(10):
        mat.dot(mat.T)
except ImportError:  # compression, which lets go of Python's lock as NumPy does
    with ThreadPoolExecutor(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count()))) as pool:
        list(pool.map(zlib.compress, [os.urandom(1 << 20)] * 10))
