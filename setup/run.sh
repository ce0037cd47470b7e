#!/bin/sh
# Open the file $FILE in the window of the command $1. Without a display, render the window and repair the file instead.
set -eu

if [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$1" "$FILE"
fi

mkdir -p build
name=$(basename "$FILE")
picture=build/${name%.*}.png
text=build/${name%.*}.repaired.txt
"$1" --snapshot "$picture" "$FILE"
"$1" repair "$FILE" -o "$text"
echo "There is no display: the window was rendered and the repaired text written."
echo "Picture: $PWD/$picture"
echo "Text:    $PWD/$text"
