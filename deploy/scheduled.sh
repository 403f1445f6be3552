#!/bin/bash
# One scheduled run: scheduled.sh portal=NAME [NAME=VALUE…]. The arguments are those of `scrapy crawl portal -a`.
# Reads /etc/news-crawler.env (or the file that NEWS_CRAWLER_ENV names), writes the log to LOG_DIR (default
# /var/log/news-crawler; - for stderr), and says something only when somebody has to look.
#
# Where a run with other orders is under way a portal is left out (exit code 3). AGAIN=12 tries those portals, and
# no others, again as often as that, AGAIN_SECONDS (600) apart: for orders that no later run would make up for.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2

fail() {
    echo "scheduled.sh: $1" >&2
    exit 2
}

# Exports what a file says, read as systemd reads an EnvironmentFile (systemd.exec(5)), and never run: comments with # or ;,
# quotes, a backslash before a sign that is meant or before the end of a line that goes on. Without its addresses the crawl
# would start servers of its own, and end well: so what is not understood ends the run.
read_environment() {
    local LC_ALL=C text char state=start name='' value='' end=0 line=1 begun=1 i
    text=$(tr -d '\r' <"$1")$'\n' || fail "$1 cannot be read"
    for ((i = 0; i < ${#text}; i++)); do
        char=${text:i:1}
        case $state in
        start)
            case $char in
            [[:space:]]) ;;
            [#\;]) state=comment ;;
            *) name=$char value='' end=0 begun=$line state=name ;;
            esac
            ;;
        comment) [ "$char" != $'\n' ] || state=start ;;
        name)
            case $char in
            =)
                name=${name%"${name##*[![:space:]]}"} state=before
                [[ $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] || fail "$1, line $begun: NAME=VALUE is wanted, or a comment"
                ;;
            $'\n') fail "$1, line $begun: NAME=VALUE is wanted, or a comment" ;;
            *) name+=$char ;;
            esac
            ;;
        before | plain)
            case $state$char in
            *$'\n') export "$name=${value:0:end}" && state=start ;;
            "before'") state=single ;;
            'before"') state=double ;;
            *\\) state=escaped ;;
            before[[:space:]]) ;;
            plain[[:space:]]) value+=$char ;;
            *) value+=$char end=${#value} state=plain ;;
            esac
            ;;
        escaped)
            [ "$char" = $'\n' ] || value+=$char
            end=${#value} state=plain
            ;;
        single)
            if [ "$char" = "'" ]; then state=before; else value+=$char; fi
            end=${#value}
            ;;
        double)
            case $char in
            '"') state=before ;;
            \\) state=double-escaped ;;
            *) value+=$char ;;
            esac
            end=${#value}
            ;;
        double-escaped)
            case $char in
            [\"\\\`\$]) value+=$char ;;
            $'\n') ;;
            *) value+=\\$char ;;
            esac
            end=${#value} state=double
            ;;
        esac
        [ "$char" != $'\n' ] || line=$((line + 1))
    done
    [ $state = start ] || [ $state = comment ] || fail "$1, line $begun: a quote is opened and not closed"
}

environment=${NEWS_CRAWLER_ENV:-/etc/news-crawler.env}
if [ -e "$environment" ]; then
    [ -r "$environment" ] || fail "$environment cannot be read by $(id -un)"
    read_environment "$environment"
elif [ -n "${NEWS_CRAWLER_ENV:-}" ]; then
    fail "$environment is not there"
fi

if [ "${LOG_DIR:-}" = - ]; then
    # a unit of systemd, whose log the journal files under this id
    log=
    exec 4>&2
    JOB_ID=${JOB_ID:-${INVOCATION_ID:-}}
else
    log=${LOG_DIR:-/var/log/news-crawler}/crawl.log
    { exec 4>>"$log"; } 2>/dev/null || fail "$log cannot be written"
fi
export JOB_ID=${JOB_ID:-cron-$(date -u +%Y%m%dT%H%M%SZ)-$$}
mine=$(mktemp -d) && mkfifo "$mine/lines" || fail "no room for temporary files"
trap 'rm -rf "$mine"' EXIT

# A signal goes on to the crawl, which ends gracefully, and ends a pause.
stopped='' signalled='' child=''
trap 'stopped=1 signalled=1; [ -z "$child" ] || kill -TERM "$child" 2>/dev/null' TERM INT

# The exit code of a child; a signal that arrives here interrupts wait, and the child goes on.
await() {
    local code next
    [ -z "$stopped" ] || kill -TERM "$1" 2>/dev/null
    child=$1 signalled=
    wait "$child"
    code=$?
    while [ -n "$signalled" ]; do
        signalled=
        wait "$child"
        next=$?
        [ $next -eq 127 ] || code=$next
    done
    child=
    return $code
}

# One crawl into the log; its complaints are kept apart, since other runs write to the same log.
crawl() {
    local words=() argument
    for argument in "$@"; do words+=(-a "$argument"); done
    rm -f "$mine/left" "$mine/errors"
    # no signal ends the reader before the crawl has said its last line
    (
        trap '' TERM INT
        exec sed -u -n -E -e p -e "/ is left out: a run /w $mine/left" \
            -e "/^error:| (ERROR|CRITICAL)|\"level\": \"(ERROR|CRITICAL)\"/w $mine/errors" <"$mine/lines" >&4
    ) &
    local reader=$! code
    .venv/bin/scrapy crawl portal "${words[@]}" >"$mine/lines" 2>&1 4>&- &
    await $!
    code=$?
    # what the crawl left behind, a browser say, may hold the other end open
    for ((patience = 50; patience > 0; patience--)); do
        kill -0 $reader 2>/dev/null || break
        sleep 0.1
    done
    # nor is the shell to tell that it was killed: cron would mail it
    disown $reader 2>/dev/null
    kill -KILL $reader 2>/dev/null
    return $code
}

names() {
    grep -oE '[^ "]+ is left out: a run ' "$mine/left" | cut -d ' ' -f 1 | sort -u | paste -s -d ,
}

orders=("$@")
crawl "$@"
code=$?
for ((tries = ${AGAIN:-0}; tries > 0; tries--)); do
    [ $code -eq 3 ] && [ -s "$mine/left" ] && [ -z "$stopped" ] || break
    left=$(names)
    echo "$JOB_ID tries $left again in ${AGAIN_SECONDS:=600} s" >&4
    sleep "$AGAIN_SECONDS" &
    await $!
    [ -z "$stopped" ] || break
    for number in "${!orders[@]}"; do
        [[ ${orders[number]} != portal=* ]] || orders[number]=portal=$left
    done
    crawl "${orders[@]}"
    code=$?
done

echo "$JOB_ID ended with $code" >&4
[ -n "$log" ] || exit $code
case $code in
0) ;;
3)
    # that nothing came of it in two hours is worth a mail; more failures than FAILURE_THRESHOLD are not
    [ "${AGAIN:-0}" -gt 0 ] && [ -s "$mine/left" ] && [ -z "$stopped" ] || exit 3
    echo "$JOB_ID ended with 3: other runs were in the way of $(names), $AGAIN times again (see $log)" >&2
    ;;
*)
    reason=$(tail -n 1 "$mine/errors" | sed -E 's/.*"message": "(([^"\\]|\\.)*)".*/\1/')
    echo "$JOB_ID ended with $code: $reason (see $log)" >&2
    ;;
esac
exit $code
