"""``python -m jxreport``."""

from __future__ import annotations

from jxreport.cli import main

if __name__ == "__main__":
    main()
