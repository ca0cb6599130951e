# SPDX-License-Identifier: GPL-3.0-or-later
"""The least of FITS that comparisons with NumPy need: the first image of a plain file, and a file of
one image. On purpose nothing of it is shared with the program that it checks, nor with cfitsio.

Pence et al., "Definition of the FITS standard, version 3.0", A&A 524, A42 (2010).
"""
import numpy as np

BLOCK, CARD = 2880, 80
DTYPES = {8: ">u1", 16: ">i2", 32: ">i4", 64: ">i8", -32: ">f4", -64: ">f8"}


def _header(file):
    """The cards of one header as {keyword: text of the value}, or None at the end of the file."""
    cards = {}
    while True:
        block = file.read(BLOCK)
        if not block and not cards:
            return None
        if len(block) < BLOCK:
            raise ValueError("the header has no end")
        for start in range(0, BLOCK, CARD):
            card = block[start:start + CARD].decode("ascii")
            if card.rstrip() == "END":
                return cards
            if card[8:10] == "= ":
                cards[card[:8].rstrip()] = card[10:].split("/")[0].strip()


def _as_float64(stored, cards):
    """BSCALE * stored + BZERO, and NaN where an integer equals BLANK."""
    pixels = stored.astype(np.float64)
    scale, zero = (float(cards.get(key, default).replace("D", "E"))
                   for key, default in (("BSCALE", "1"), ("BZERO", "0")))
    if (scale, zero) != (1.0, 0.0):
        pixels = pixels * scale + zero
    if "BLANK" in cards and stored.dtype.kind != "f":
        pixels[stored == int(cards["BLANK"])] = np.nan
    return pixels


def read(path):
    """The first image with pixels in the file, float64 of shape (ny, nx)."""
    with open(path, "rb") as file:
        while (cards := _header(file)) is not None:
            axes = [int(cards["NAXIS%d" % (i + 1)]) for i in range(int(cards["NAXIS"]))]
            dtype = np.dtype(DTYPES[int(cards["BITPIX"])])
            count = int(cards.get("GCOUNT", 1)) * (
                int(cards.get("PCOUNT", 0)) + (int(np.prod(axes)) if axes else 0))
            if count and cards.get("XTENSION", "'IMAGE   '").startswith("'IMAGE"):
                data = file.read(count * dtype.itemsize)
                stored = np.frombuffer(data, dtype, count)
                shape = (axes + [1])[1], axes[0]
                return _as_float64(stored.reshape(shape), cards)
            file.seek(-(-count * dtype.itemsize // BLOCK) * BLOCK, 1)
    raise ValueError(path + ": no image in it")


def write(path, pixels, **cards):
    """A file of one image; further cards, such as BLANK=-1, by name. The pixels are stored as they
    are, in the type that they have: what scaling means for them is for the reader to apply."""
    bitpix = {np.dtype(code): bits for bits, code in DTYPES.items()}[pixels.dtype.newbyteorder(">")]
    first = {"SIMPLE": "T", "BITPIX": bitpix, "NAXIS": 2,
             "NAXIS1": pixels.shape[1], "NAXIS2": pixels.shape[0]}
    header = "".join(f"{key:8}= {value!s:>20}".ljust(CARD) for key, value in {**first, **cards}.items())
    header += "END".ljust(CARD)
    data = pixels.astype(DTYPES[bitpix]).tobytes()
    with open(path, "wb") as file:
        file.write(header.ljust(-(-len(header) // BLOCK) * BLOCK).encode("ascii"))
        file.write(data.ljust(-(-len(data) // BLOCK) * BLOCK, b"\0"))
