# What run.sh and test.sh share. Sourced by them, from the root of the tree.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# Without a home folder (some build agents) neither dotnet nor its package cache has a place.
[ -n "${HOME:-}" ] || { HOME=$(getent passwd "$(id -u)" | cut -d: -f6); export HOME; }

missing=()

say() { printf '%s\n' "$*"; }

# need PACKAGE "what it is for" COMMAND…: the package is missing when the command fails.
need() {
  local package=$1 purpose=$2
  shift 2
  "$@" >/dev/null 2>&1 && return
  missing+=("$package")
  say "Missing: $package, $purpose."
}

has_postgresql() {
  command -v postgres && command -v initdb && return
  local initdb
  for initdb in /usr/lib/postgresql/*/bin/initdb; do [ -x "$initdb" ] && return; done
  return 1
}

has_library() { ldconfig -p | grep -q "$1" || /sbin/ldconfig -p | grep -q "$1"; }

has_package() { dpkg-query -W -f='${Status}' "$1" | grep -q 'ok installed'; }

is_debian() { command -v apt-get >/dev/null && grep -Eq '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release 2>/dev/null; }

# What the SDK and the portal themselves cannot do without.
need_basics() {
  command -v dotnet >/dev/null || { say "The .NET SDK 10 is missing: install dotnet-sdk-10.0 (https://dotnet.microsoft.com/download) and start this again."; exit 1; }
  has_library libicuuc >/dev/null 2>&1 || need "$(icu_package)" "the rules of languages that .NET uses" false
}

icu_package() {
  is_debian || { say libicu; return; }
  # Its name carries a version; without package lists yet, the one of this release is not known before the update.
  local name
  name=$(apt-cache search --names-only '^libicu[0-9]+$' | cut -d' ' -f1 | sort -V | tail -1)
  say "${name:-libicu-dev}"
}

need_postgresql() {
  need postgresql "the database" has_postgresql
  need util-linux "which runs the database as a user of its own" command -v setpriv
}

has_browser() { command -v chromium || command -v google-chrome-stable; }

# Ubuntu's chromium is a snap, which build agents cannot run: there, Playwright brings its own.
has_snap_browser() { grep -q '^ID=ubuntu' /etc/os-release; }

need_browser() { is_debian && ! has_snap_browser && need chromium "the browser of the browser tests" has_browser || true; }

# After the build, and only where need_browser could not help.
install_browser() {
  has_browser >/dev/null || compgen -G "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}/chromium*" >/dev/null && return
  say "Installing Playwright's own browser, for the browser tests ..."
  dotnet tests/e2e/bin/Release/net10.0/Portal.Stories.dll install --with-deps chromium
}

install_missing() {
  [ ${#missing[@]} -gt 0 ] || return 0
  local as_root=()
  if ! is_debian; then
    say "Please install by this system's own means, then start this again: ${missing[*]}."
    exit 1
  fi
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { say "Please run as root, then start this again: apt-get install --no-install-recommends ${missing[*]}"; exit 1; }
    as_root=(sudo)
  fi

  local log
  log=$(mktemp)
  say "Installing ${missing[*]} ..."
  local installed=true
  (
    # Packages would start servers of their own; ours are started by the portal and the tests. However this ends, it is taken back.
    put=()
    trap '"${as_root[@]}" rm -f "${put[@]}"' EXIT
    put_file() { put+=("$2"); printf '%b' "$3" | "${as_root[@]}" install -D -m "$1" /dev/stdin "$2"; }
    case " ${missing[*]} " in
      *" postgresql "*) put_file 644 /etc/postgresql-common/createcluster.d/majlis.conf 'create_main_cluster = false\n' ;;
    esac
    [ -e /usr/sbin/policy-rc.d ] || put_file 755 /usr/sbin/policy-rc.d '#!/bin/sh\nexit 101\n'
    "${as_root[@]}" apt-get update &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
  ) >"$log" 2>&1 || installed=false
  if ! $installed; then
    tail -5 "$log"
    say "The packages could not be installed (the whole log: $log). Please install them, then start this again: ${missing[*]}."
    exit 1
  fi
  rm -f "$log"
  missing=()
}

check_sdk() {
  dotnet --version >/dev/null 2>&1 && return
  say "The .NET SDK here ($(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ')) is not the one that is needed: install dotnet-sdk-10.0 (https://dotnet.microsoft.com/download) and start this again."
  exit 1
}

# Build servers are not left running behind our back.
build() { dotnet build "$1" -c Release -v quiet --nologo -clp:"NoSummary;ErrorsOnly" --disable-build-servers; }
