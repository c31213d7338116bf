#!/bin/bash
# Run by Jibri when a recording is done, with the recording's folder: brings its files to the portal, and deletes what arrived.
set -euo pipefail

# PORTAL_URL and UPLOAD_SECRET
. "${PORTAL_CONF:-/config/portal.conf}"

folder=$1
headers=$(mktemp)
trap 'rm -f "$headers"' EXIT
# In a file and not in the command, which every process of the machine can read.
chmod 600 "$headers"
echo "Authorization: Bearer $UPLOAD_SECRET" > "$headers"

shopt -s nullglob
for file in "$folder"/*.mp4 "$folder"/*.webm; do
    name=$(basename "$file")
    # Jibri calls it by the room and the time: room_2026-12-01-09-00-00.mp4. Rooms of the portal are letters, digits and hyphens.
    room=${name%_????-??-??-??-??-??.*}
    curl --fail --silent --show-error --output /dev/null --retry 5 --retry-delay 20 --retry-connrefused \
        --header "@$headers" --header 'Content-Type: application/octet-stream' --request POST --upload-file "$file" \
        "${PORTAL_URL%/}/api/v1/recordings?room=$room&file=$name"
    rm -- "$file"
done
rm -f -- "$folder/metadata.json"
rmdir -- "$folder"
