#!/bin/sh
# Makes the table of web files: assets.sh OUT_DIR SOURCE... writes OUT_DIR/table.c, and beside it each
# file with its placeholders filled in, and its gzip and (if the tool is there) brotli forms.
# Order matters: what others refer to comes first, pages last.
set -eu
out=$1
shift

mime_of() {
    case $1 in
    *.html) echo "text/html; charset=utf-8" ;;
    *.js) echo "text/javascript; charset=utf-8" ;;
    *.css) echo "text/css; charset=utf-8" ;;
    *.json) echo "application/json" ;;
    *.svg) echo "image/svg+xml" ;;
    *.png) echo "image/png" ;;
    *.woff2) echo "font/woff2" ;;
    *.txt) echo "text/plain; charset=utf-8" ;;
    *) echo "application/octet-stream" ;;
    esac
}

rank_of() {
    case $1 in
    *.html) echo 4 ;;
    *.js) echo 3 ;;
    *.css) echo 2 ;;
    *) echo 1 ;;
    esac
}

# An adapter may say what to take out of its scripts and styles (comments, indentation).
slim_of() {
    slim=${1%%/web/*}/slim.sed
    if [ -f "$slim" ]; then echo "$slim"; else echo /dev/null; fi
}

# A form that is not smaller is not kept. Prints the pointer and length fields.
form() { # number, kind, file, identity length
    size=$(wc -c <"$3")
    if [ "$size" -gt 0 ] && [ "$size" -lt "$4" ]; then
        echo "INCBIN(asset_${1}_$2, \"$3\")" >>"$out/data.tmp"
        echo ".$2 = asset_${1}_$2, .${2}_len = $size,"
    fi
}

rm -rf "$out/files"
mkdir -p "$out/files"
: >"$out/data.tmp"
: >"$out/rows.tmp"
: >"$out/names.sed"
brotli=$(command -v brotli || true)
number=0
for rank in 1 2 3 4; do
    for source in "$@"; do
        [ "$(rank_of "$source")" = $rank ] || continue
        name=$(echo "$source" | sed 's|^adapters/||; s|/web/|/|')
        area=${name%%/*}
        short=${name#*/}
        file=$out/files/$name
        mkdir -p "$(dirname "$file")"
        # A short name means a file of the same area.
        sed -n "s|^$area |s|p" "$out/names.sed" >"$out/area.sed"
        case $rank in
        1) cp "$source" "$file" ;;
        4) sed -f "$out/area.sed" "$source" >"$file" ;;
        *) sed -f "$(slim_of "$source")" "$source" | sed -f "$out/area.sed" >"$file" ;;
        esac
        if [ $rank != 1 ] && grep -q '{{asset:' "$file"; then
            echo "assets.sh: $source refers to a file that does not exist (or comes later)" >&2
            grep -o '{{asset:[^}]*}}' "$file" >&2
            exit 1
        fi
        hash=$(sha256sum "$file" | cut -c1-12)
        url=/m/a/$hash.${name##*.}
        echo "$area |{{asset:$short}}|$url|g" >>"$out/names.sed"
        gzip -9 -n -c "$file" >"$file.gz"
        if [ -n "$brotli" ]; then "$brotli" -q 11 -c "$file" >"$file.br"; else : >"$file.br"; fi
        len=$(wc -c <"$file")
        echo "INCBIN(asset_${number}_bytes, \"$file\")" >>"$out/data.tmp"
        {
            echo "    { .name = \"$name\", .mime = \"$(mime_of "$name")\", .hash = \"$hash\","
            echo "      .url = \"$url\", .bytes = asset_${number}_bytes, .len = $len,"
            echo "      $(form $number gzip "$file.gz" "$len")"
            echo "      $(form $number brotli "$file.br" "$len") },"
        } >>"$out/rows.tmp"
        number=$((number + 1))
    done
done

{
    cat <<'END'
/* Made by adapters/net/assets.sh. */
#include "adapters/net/assets_table.h"

#define INCBIN(symbol, file)                                                    \
    __asm__(".pushsection .rodata\n" #symbol ":\n.incbin \"" file "\"\n.byte 0\n" \
            ".popsection\n");                                                   \
    extern const unsigned char symbol[] __attribute__((visibility("hidden")));

END
    cat "$out/data.tmp"
    echo
    echo "const struct asset asset_table[] = {"
    cat "$out/rows.tmp"
    echo "    { .name = 0 },"
    echo "};"
    echo "const size_t asset_table_count = $number;"
} >"$out/table.tmp"
mv "$out/table.tmp" "$out/table.c"
rm -f "$out/data.tmp" "$out/rows.tmp" "$out/names.sed" "$out/area.sed"
