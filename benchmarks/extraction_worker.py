"""A process that reads pages as often as it is told to, with the ``crawler`` and the ``benchmarks.quality`` of its PYTHONPATH.

    python -P benchmarks/extraction_worker.py PAGES

PAGES is a JSON object: name -> [URL, the bytes in base64]. Every line on standard input is answered by a line: the CPU
milliseconds that each page took in one pass over all of them. ``results`` is answered by what was found, by page.
Started by its path and not as a module, so that it can serve a commit that lacks it.
"""

from __future__ import annotations

import base64
import json
import sys
import time
from pathlib import Path

from benchmarks.quality import predict


def main(file: str) -> None:
    """Answer until standard input ends."""
    pages = {
        name: (url, base64.b64decode(body))
        for name, (url, body) in json.loads(Path(file).read_text("utf-8")).items()
    }
    for line in sys.stdin:
        if line.strip() == "results":
            answer = {name: predict(url, body) for name, (url, body) in pages.items()}
            print(json.dumps(answer, ensure_ascii=False), flush=True)
        else:
            print(json.dumps({name: _timed(url, body) for name, (url, body) in pages.items()}), flush=True)


def _timed(url: str, body: bytes) -> float:
    started = time.process_time()
    predict(url, body)
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    main(sys.argv[1])
