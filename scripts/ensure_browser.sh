#!/bin/sh
# Makes sure that a headless Chromium is there for the browser tests; installs Debian's as root.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Đang cài Chromium để kiểm tra giao diện…"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends chromium >/dev/null
    exit 0
fi
echo "Cần trình duyệt Chromium để kiểm tra giao diện. Hãy cài gói “chromium” rồi chạy lại." >&2
exit 1
