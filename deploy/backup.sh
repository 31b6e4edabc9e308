#!/bin/sh
# A backup in a folder of its own, named by the moment, and then the oldest beyond KEEP are removed.
#   BACKUPS=/var/backups/ibasho KEEP=14 PYTHON=.venv/bin/python sh deploy/backup.sh    (in the folder with manage.py)
# One that fails removes nothing. Only folders that bear such a name are ever removed.
set -eu

made="$BACKUPS/$(date +%Y-%m-%d-%H%M%S)"
"$PYTHON" manage.py backup "$made"

dated='[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]-[0-9][0-9][0-9][0-9][0-9][0-9]'
find "$BACKUPS" -mindepth 1 -maxdepth 1 -type d -name "$dated" | sort -r | tail -n "+$((KEEP + 1))" |
    while IFS= read -r old; do
        rm -r -- "$old"
    done
