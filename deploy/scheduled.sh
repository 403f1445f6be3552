#!/bin/bash
# One scheduled run, for cron: scheduled.sh portal=NAME [NAME=VALUE…]. The arguments are those of
# `scrapy crawl portal -a`. Reads /etc/news-crawler.env (or the file that NEWS_CRAWLER_ENV names), writes the log
# to LOG_DIR (default /var/log/news-crawler), and says something only when somebody has to look.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2

set -a
# shellcheck disable=SC1090
[ ! -e "${NEWS_CRAWLER_ENV:=/etc/news-crawler.env}" ] || . <(sed -E "/^[A-Z_]+=/!d; s/=(.*)$/='\1'/" "$NEWS_CRAWLER_ENV")
JOB_ID="${JOB_ID:-cron-$(date -u +%Y%m%dT%H%M%SZ)-$$}"
set +a

words=()
for argument in "$@"; do words+=(-a "$argument"); done
log="${LOG_DIR:-/var/log/news-crawler}/crawl.log"

# exec would lose the last line; a signal to this script goes on to the crawl, which ends gracefully.
.venv/bin/scrapy crawl portal "${words[@]}" >>"$log" 2>&1 &
worker=$!
trap 'kill -TERM $worker 2>/dev/null' TERM INT
wait $worker
code=$?
while kill -0 $worker 2>/dev/null; do
    wait $worker
    code=$?
done
trap - TERM INT

echo "$JOB_ID ended with $code" >>"$log"
case $code in
0 | 3) ;;
*) echo "$JOB_ID ended with $code: $(tail -n 200 "$log" | grep -E '^error:| ERROR| CRITICAL' | tail -n 1) (see $log)" >&2 ;;
esac
exit $code
