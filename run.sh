#!/usr/bin/env bash
# Installs what is missing, builds and starts the portal. Further arguments go to it; settings come from the environment,
# e.g. ConnectionStrings__Portal, Data__Folder, ASPNETCORE_URLS (appsettings.Example.json lists them).
set -euo pipefail

# Relative folders mean the caller's, not the portal's own folder, in which it runs.
for setting in Data__Folder Mail__PickupFolder Secrets__MasterKeyFile; do
  value=${!setting:-}
  [ -z "$value" ] || export "$setting=$(realpath -m -- "$value")"
done

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
. build/setup.sh

need_basics
[ -n "${ConnectionStrings__Portal:-}" ] || need_postgresql
install_missing
check_sdk

say "Building (the first time takes a minute) ..."
build Portal || { say "The build failed; what is wrong stands above."; exit 1; }

export ASPNETCORE_ENVIRONMENT=${ASPNETCORE_ENVIRONMENT:-Development}
export ASPNETCORE_URLS=${ASPNETCORE_URLS:-http://localhost:5080}
# Not `dotnet run`: this process becomes the portal, so that whoever stops it stops the portal.
cd Portal
exec dotnet bin/Release/net10.0/Portal.dll "$@"
