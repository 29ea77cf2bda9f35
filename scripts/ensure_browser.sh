#!/bin/sh
# Makes sure that a headless Chromium is there for the browser tests; installs Debian's as root.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Cần trình duyệt Chromium để kiểm tra giao diện. Hãy cài gói “chromium” rồi chạy lại." >&2
    exit 1
fi
echo "Đang cài Chromium để kiểm tra giao diện…"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >"$log" 2>&1
then
    cat "$log" >&2
    echo "Không cài được Chromium; xem lỗi của apt-get ở trên." >&2
    exit 1
fi
