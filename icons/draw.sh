#!/bin/sh
# Draws every icon from the four SVG files beside this script. Run it after changing one of them and commit what it makes.
# Needs (Debian): librsvg2-bin icoutils icnsutils
set -eu
cd "$(dirname "$0")"

app() { # SIZE FILE: small sizes have a drawing of their own
    if [ "$1" -le 32 ]; then from=icon-small.svg; else from=icon.svg; fi
    rsvg-convert -w "$1" -h "$1" "$from" -o "$2"
}

for size in 16 24 32 48 64 128 256 512 1024; do app "$size" "${size}x${size}.png"; done
cp 256x256.png 128x128@2x.png
icotool -c -o icon.ico 16x16.png 24x24.png 32x32.png 48x48.png 64x64.png --raw=256x256.png
png2icns icon.icns 16x16.png 32x32.png 48x48.png 128x128.png 256x256.png 512x512.png 1024x1024.png >/dev/null

# The tray: "light" is the light drawing for dark panels, "dark" the dark one for light panels.
mkdir -p tray
for state in normal unread alert; do
    if [ "$state" = normal ]; then from=tray.svg; else from="tray-$state.svg"; fi
    for ink in light dark; do
        if [ "$ink" = light ]; then colour='#ffffff'; else colour='#1d1512'; fi
        for size in 16 22 24 32 44; do
            sed "s/color=\"#000\"/color=\"$colour\"/" "$from" | rsvg-convert -w "$size" -h "$size" -o "tray/$state-$ink-$size.png"
        done
    done
done
