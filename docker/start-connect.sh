#!/bin/sh
# Starts the worker with the settings that CONNECT_* variables hold: CONNECT_GROUP_ID is group.id.
set -eu
settings=${SETTINGS_FILE:-/tmp/worker.properties}
env | sed -n 's/^CONNECT_\([A-Z_]*\)=\(.*\)$/\1 \2/p' | while read -r name value; do
  printf '%s=%s\n' "$(printf '%s' "$name" | tr 'A-Z_' 'a-z.')" "$value"
done > "$settings"
exec "${KAFKA_HOME:-/opt/kafka}/bin/connect-distributed.sh" "$settings"
