#!/usr/bin/env bash
# Installs what is missing, builds, and runs the tests. Arguments go to `dotnet test`, e.g. --filter Joining.
# Without arguments: all but the slow ones (Speed=slow), stories in English alone but for the walk over every page, which is in Arabic;
# and what depends on the clock (Clock=moves) on another day as well.
# With the word all: every test, and what depends on the clock on several days (PORTAL_TEST_ANCHOR), as a build agent runs them.
# With PORTAL_URL, the browser tests run against that portal. The last line says: N passed, N failed, N skipped.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
. build/setup.sh

passed=0 failed=0 skipped=0

# Cairo's clocks go back; they go ahead; 400 days on.
days=(2027-10-28 2027-04-30 2027-12-28)
quick=() stories=()
if [ $# = 0 ]; then
  days=("${days[0]}") quick=(--filter "Speed!=slow")
  stories=(--filter 'Speed!=slow&(DisplayName!~language: \"ar\"|FullyQualifiedName~QualityStories)')
elif [ "$*" = all ]; then
  export PORTAL_TEST_KILLS=${PORTAL_TEST_KILLS:-30} SLOTS_ROUNDS=${SLOTS_ROUNDS:-300}
  shift
else
  days=()
fi

finish() {
  trap - EXIT
  say ""
  say "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" = 0 ] && exit 0 || exit 1
}

fail() {
  say "$1"
  failed=$((failed + 1))
}

# count TRX: adds what a run's result file says. Skipped tests are the ones that were not executed.
count() {
  local counters total executed good
  counters=$(grep -o '<Counters [^>]*' "$1") || return 1
  number() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  total=$(number total) executed=$(number executed) good=$(number passed)
  passed=$((passed + good)) failed=$((failed + executed - good)) skipped=$((skipped + total - executed))
}

# why_skipped TRX: the reasons, each with its tests. (dotnet test names the tests alone.)
why_skipped() {
  awk '
    /<UnitTestResult / { name = ""; if (/outcome="NotExecuted"/) { name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name) } }
    name != "" && /<Message>/ { reason = $0; sub(/.*<Message>/, "", reason); sub(/<\/Message>.*/, "", reason); tests[reason] = tests[reason] "\n    " name; name = "" }
    END { for (reason in tests) print "Skipped: " reason tests[reason] }
  ' "$1" | sed "s/&quot;/\"/g; s/&apos;/'/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g"
}

# run_tests FOLDER NAME [ARGUMENT…]: the result file lies in artifacts/NAME.
run_tests() {
  local folder=$1 results="artifacts/$2" before=$failed status=0
  shift 2
  rm -rf "$results"
  say ""
  say "${results#artifacts/}"
  dotnet test "$folder" -c Release --no-build --nologo \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=results.trx" --results-directory "$results" \
    --blame-hang-timeout 5m --blame-hang-dump-type none "$@" || status=$?
  if ! count "$results/results.trx" 2>/dev/null; then
    fail "$results holds no result."
  elif [ "$status" != 0 ] && [ "$failed" = "$before" ]; then
    fail "$folder ended with an error beside its tests."
  fi
  [ ! -e "$results/results.trx" ] || why_skipped "$results/results.trx"
}

# Whatever ends this early has said why, and is a failure.
trap '[ "$failed" != 0 ] || failed=1; finish' EXIT

need_basics
need_postgresql
need fonts-noto-core "the letters of Arabic pages in the browser tests" $(is_debian && echo has_package fonts-noto-core || echo fc-list :lang=ar)
need python3-jwt "which checks our tokens independently" /usr/bin/python3 -c "import jwt"
need python3-aiosmtpd "a mail server that takes our mails in the tests" /usr/bin/python3 -c "import aiosmtpd"
# Where another mail server is, it stays; and exim4 reads its configuration from root alone.
[ -e /usr/sbin/sendmail ] || [ "$(id -u)" != 0 ] || ! is_debian || need exim4-daemon-light "another such server" command -v exim4
need python3-icalendar "which reads our invitations independently" /usr/bin/python3 -c "import icalendar"
need python3-dkim "which checks our signatures independently" /usr/bin/python3 -c "import dkim"
need spamassassin "whose rules judge our mails" command -v spamassassin
need_browser
install_missing
check_sdk

say "Building ..."
build Portal.sln || { fail "The build failed; what is wrong stands above."; finish; }
install_browser || fail "The browser could not be installed."

dotnet build Portal -t:Sbom -v quiet --nologo >/dev/null && grep -q '"MailKit"' artifacts/sbom/majlis.cdx.json || fail "The bill of materials could not be written."

# Styles and analyzers have spoken in the build; to run them again costs minutes.
dotnet format whitespace Portal.sln --verify-no-changes --no-restore || fail "The code is not formatted: run dotnet format whitespace."

run_tests tests/unit tests-unit "${quick[@]}" "$@"
for day in "${days[@]}"; do
  PORTAL_TEST_ANCHOR=${day}T09:00Z run_tests tests/unit "tests-unit-$day" --filter "Clock=moves${quick:+&Speed!=slow}"
done
run_tests tests/e2e tests-e2e "${stories[@]}" "$@"

[ $((passed + failed)) -gt 0 ] || fail "No test ran."
finish
