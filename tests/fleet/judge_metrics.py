"""The desk's figures before the parser of Prometheus' own Python client.

Reads the text from standard input, and writes each family with its type and samples as JSON. Whatever the parser does not
take ends it.
"""

import json
import sys

from prometheus_client.parser import text_string_to_metric_families

families = {}
for family in text_string_to_metric_families(sys.stdin.read()):
    assert family.documentation, f"{family.name} has no help"
    assert family.type != "unknown", f"{family.name} has no type"
    assert family.name not in families, f"{family.name} stands there twice"
    seen = set()
    for sample in family.samples:
        key = (sample.name, *sorted(sample.labels.items()))
        assert key not in seen, f"{key} stands there twice"
        seen.add(key)
    if family.type == "histogram":
        for sample in family.samples:
            if sample.name.endswith("_bucket"):
                assert "le" in sample.labels, sample
    families[family.name] = {
        "type": family.type,
        "samples": [{"name": s.name, "labels": s.labels, "value": s.value} for s in family.samples],
    }
json.dump(families, sys.stdout)
