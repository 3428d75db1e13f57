"""The numbers of rows of plain tables."""

from __future__ import annotations

import json
from pathlib import Path

from tests.simulator.http.table_api.serving import serve_tables


def test_no_two_rows_get_one_number(tmp_path: Path) -> None:
    problem = {
        "name": "problem",
        "number": {"prefix": "PRB", "digits": 3},
        "columns": {"number": {}, "about": {}},
        "rows": [{"number": "PRB002"}, {}, {}, {"number": "PRB005"}, {"number": "OLD"}],
    }
    (tmp_path / "problem.json").write_text(json.dumps(problem))
    served = serve_tables(tmp_path)

    made = [served.insert("problem", about="x") for _ in range(3)]

    numbers = [row["number"] for row in served.rows("problem")]
    assert numbers[:5] == ["PRB002", "PRB001", "PRB003", "PRB005", "OLD"]
    assert [row["number"] for row in made] == numbers[5:] == ["PRB004", "PRB006", "PRB007"]
    served.http.delete(f"/api/now/table/problem/{made[-1]['sys_id']}")
    assert served.insert("problem", about="x")["number"] == "PRB008"
