# SPDX-License-Identifier: GPL-3.0-or-later
"""One task that only waits, as for an answer from the web."""
import time
time.sleep(0.2)
