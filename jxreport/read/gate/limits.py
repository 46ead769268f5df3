"""Caps of the gate. Absolute figures: real formatted sheets inflate 50:1, so ratios say nothing."""

from __future__ import annotations

MAX_BYTES = 50 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_PART = 150 * 1024 * 1024
MAX_INFLATED = 300 * 1024 * 1024
MAX_CELLS = 400_000  # cells of a sheet that hold something
MAX_STYLED = 3_000_000  # cells of a sheet that are only formatted
MAX_MERGES = 50_000
MAX_BOX = 2_000_000  # rows × columns around the cells that hold something
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
CHUNK = 64 * 1024
