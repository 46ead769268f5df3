"""Small workbooks for the tests, made in memory."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from jxreport.read.grid import Grid, GridCell
from jxreport.read.workbook import read_grids

Rows = Sequence[Sequence[Any]]


def book(sheets: Mapping[str, Rows], *, merges: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """A workbook with one sheet per entry. A pair (value, number format) sets the format."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                cell = sheet.cell(r, c)
                if isinstance(value, tuple):
                    cell.value, cell.number_format = value
                elif value != "":
                    cell.value = value
        for area in (merges or {}).get(name, ()):
            sheet.merge_cells(area)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def patched(data: bytes, part: str, old: str, new: str) -> bytes:
    """The same package with one pattern of one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in package.infolist():
            content = package.read(info.filename)
            if info.filename == part:
                text = content.decode("utf-8")
                assert re.search(old, text)
                content = re.sub(old, new, text).encode("utf-8")
            copy.writestr(info.filename, content)
    return out.getvalue()


def grid(rows: Rows, *, merges: Sequence[str] = ()) -> Grid:
    """The grid of a one-sheet workbook."""
    grids, _ = read_grids("表.xlsx", book({"表": rows}, merges={"表": merges}))
    return grids[0]


def cell(text: str) -> GridCell:
    """A text cell."""
    return GridCell(value=text, text=text)


SELF_HEAD = ("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")


def self_evaluation(*rows: Sequence[Any], project: str = "道路养护", unit: str = "某某中心") -> list[Sequence[Any]]:
    """A project self-evaluation in the national layout around the given indicator rows."""
    return [
        ("项目支出绩效自评表",),
        ("（2022年度）",),
        ("项目名称", "", project),
        ("主管部门", "", "某某局", "", "实施单位", "", unit),
        ("项目资金（万元）", "", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        ("", "年度资金总额", "", 100, 120, 115.5, 10, (0.9625, "0.00%"), 9.63),
        ("", "其中：当年财政拨款", "", 100, 120, 115.5, "—", "", "—"),
        ("年度总体目标", "预期目标", "", "", "", "实际完成情况"),
        ("", "完成养护任务。", "", "", "", "已完成。"),
        SELF_HEAD,
        *rows,
    ]


def mixed() -> bytes:
    """The content of tests/read/data/mixed.*: every kind of cell that a format must carry over."""
    return book(
        {
            "自评表": self_evaluation(
                ("", "产出指标", "数量指标", "养护里程", "≥300公里", "310公里", 20, 20, ""),
                ("", "", "质量指标", "合格率", "=100%", (0.95, "0%"), 20, (19.0, "0.00"), "部分返工"),
                ("", "", "时效指标", "完成时间", "11月底前", "10月", 20, 20, ""),
                ("", "效益指标", "社会效益指标", "事故", "0起", 0, 20, 20, ""),
                ("", "满意度指标", "服务对象满意度指标", "满意度", (0.9, "0.0%"), "92.50%", (10, "0.0"), 10, ""),
                ("总分", "", "", "", "", "", 100, 98.63, ""),
            )
        },
        merges={"自评表": ("A10:A15", "B11:B13", "A16:F16")},
    )
