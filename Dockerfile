# SPDX-License-Identifier: GPL-3.0-or-later
# Speedup in a container:
#
#     docker build -t speedup .
#     docker run --rm -v "$PWD/results:/speedup/build/results" speedup make bench
FROM debian:stable-slim
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends make git ca-certificates
WORKDIR /speedup
COPY Makefile config.mk deps.sh ./
RUN make deps
COPY . .
RUN make
CMD ["make", "bench"]
