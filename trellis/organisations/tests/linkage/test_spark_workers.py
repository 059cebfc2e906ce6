"""What runs in the workers of Spark imports all that it uses: a worker begins with nothing that others imported."""

import ast
import json
import subprocess
import sys
from pathlib import Path

from trellis.organisations.linkage import spark

ALONE = "import json, numpy, pyarrow; print(json.dumps({'np': dir(numpy), 'pa': dir(pyarrow)}))"


def test_a_part_of_a_package_is_imported_by_whoever_uses_it():
    """`pyarrow.compute` is there only once somebody imported it: a list of 2,000,000 rows failed for that, late."""
    told = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True).stdout
    known = {name: set(has) for name, has in json.loads(told).items()}
    used = {
        (file.name, node.value.id, node.attr)
        for file in Path(spark.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known
    }
    assert len(used) > 20
    assert [one for one in sorted(used) if one[2] not in known[one[1]]] == []
