#!/bin/sh
# Draws the PNG logos from logo-svg.svg. Needs rsvg-convert (Debian: librsvg2-bin).
set -eu
cd "$(dirname "$0")"
for size in 32 64; do
  rsvg-convert --width "$size" --height "$size" --output "logo-${size}x${size}.png" logo-svg.svg
done
