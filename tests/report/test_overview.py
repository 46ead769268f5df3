"""The overview's rows: ranks, counts, changes, and what goes back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jxreport.model.document import Paragraph, Table
from jxreport.model.overview import DEPARTMENT, PROJECT, ChangeRow, Overview
from jxreport.report.overview import build_editions, build_overview
from tests.bureau import bureau, finding, unit_name


@pytest.fixture(scope="module")
def overview() -> Overview:
    return build_overview(bureau(12), grades=("优", "良", "中", "差"))


def test_best_first_and_equal_shares_share_a_rank(overview: Overview) -> None:
    rows = overview.of_kind(DEPARTMENT)
    ranks = [row.rank for row in rows]
    assert ranks == [1, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, None]
    shares = [row.share for row in rows if row.share is not None]
    assert shares == sorted(shares, reverse=True)
    assert (rows[-1].total, rows[-1].waiting) == (None, 1)


def test_the_share_counts_where_full_marks_differ() -> None:
    result = bureau(2, projects=0, bad=0)
    for unit, total, full in zip(result["units"], ("88.00", "45.00"), ("100", "50"), strict=True):
        unit["evaluations"][0] |= {"total": total, "full": full, "grade": "良"}
    rows = build_overview(result).of_kind(DEPARTMENT)
    assert [(row.unit, row.share) for row in rows] == [
        (unit_name(1), Decimal(90)),
        (unit_name(0), Decimal(88)),
    ]


@pytest.mark.parametrize(
    ("budget", "base"),
    [
        ({"initial": "100", "adjusted": "200", "executed": "150", "rate": "75.00"}, "adjusted"),
        ({"initial": "200", "adjusted": None, "executed": "150", "rate": "75.00"}, "initial"),
        ({"initial": "100", "adjusted": "100", "executed": "150", "rate": "75.00"}, ""),
        ({"initial": None, "adjusted": None, "executed": "150", "rate": None}, ""),
        ({"initial": "0", "adjusted": "0", "executed": "0", "rate": None}, ""),
    ],
)
def test_the_rate_is_traced_to_its_budget_or_to_none(budget: dict[str, str], base: str) -> None:
    result = bureau(1, projects=0, bad=0)
    result["units"][0]["evaluations"][0]["budget"] |= budget
    assert build_overview(result).rows[0].base == base


def test_findings_are_counted_by_kind_and_unit(overview: Overview) -> None:
    assert [(row.code, row.severity, row.count, row.units) for row in overview.codes] == [
        ("JX101", "error", 2, 2),
        ("JX311", "error", 2, 2),
        ("JX339", "warning", 12, 8),
    ]
    assert all(row.title for row in overview.codes)


def test_a_code_of_another_version_is_counted_without_a_title() -> None:
    result = bureau(1, projects=0, bad=0)
    result["units"][0]["findings"] = [finding("JX199", "note", "甲.xlsx", "旧版本的提示。")]
    assert [(row.code, row.title) for row in build_overview(result).codes] == [("JX199", "")]


def test_files_go_back_with_reasons_or_were_not_dealt_with() -> None:
    result = bureau(1, projects=0, bad=1)
    errors = [finding("JX311", "error", "甲.xlsx", f"错误{n}。", "表", f"C{n}") for n in range(7)]
    result["units"][0]["findings"] = [*errors, finding("JX807", "error", "乙.pdf", "没有写成。")]
    rows = build_overview(result).returned
    assert [(row.file, row.failed, row.reported, row.errors) for row in rows] == [
        ("甲.xlsx", False, True, 7),
        ("乙.pdf", True, True, 1),
        ("打不开的文件1.xlsx", True, False, 1),
    ]
    assert rows[0].why.splitlines()[0] == "错误0。（表!C0）"
    assert rows[0].why.splitlines()[-1] == "……共7条，其余见退回的工作簿。"
    assert rows[0].fix == "请改正后重新报送。"


@pytest.mark.parametrize(
    ("as_of", "title"),
    [
        ("12月底", "2020年度绩效自评汇总"),
        ("6月底", "2020年6月底绩效运行监控汇总"),
        ("", "2020年度绩效自评汇总"),
    ],
)
def test_the_title_follows_the_checkpoint(as_of: str, title: str) -> None:
    assert build_overview(bureau(1, as_of=as_of)).title == title


def test_several_years_have_no_year_in_the_title() -> None:
    result = bureau(2)
    result["units"][0]["year"] = "2019"
    assert build_overview(result).title == "绩效自评汇总"


def test_grades_known_come_first_and_others_by_score() -> None:
    assert build_overview(bureau(12), grades=("优", "良")).grades == ("优", "良", "中")
    assert build_overview(bureau(12)).grades == ("优", "良", "中")


def said(overview: Overview) -> str:
    pages = build_editions(overview)[0]
    return "\n".join(b.text for s in pages.sections for b in s.blocks if isinstance(b, Paragraph))


def test_the_situation_in_words(overview: Overview) -> None:
    text = said(overview)
    assert "本次汇总材料14份，涉及单位12个，其中评价部门整体12项、项目24项。" in text
    assert "部门整体评价平均得分率84.80%（优2项、良6项、中3项），1项尚未得出总分。" in text
    assert "部门整体预算合计21,042.00万元，已执行19,688.78万元，执行率93.57%。" in text
    assert "5项指标待填报、确认或人工评分，退回修改2份，未能处理2份。" in text
    assert "上次" not in text


def test_money_without_its_budget_is_left_out_and_that_is_said() -> None:
    result = bureau(3, projects=0, bad=0)
    result["units"][0]["evaluations"][0]["budget"]["executed"] = None
    text = said(build_overview(result))
    assert "部门整体预算合计2,411.00万元，" in text
    assert "（1项没有执行数据，未计入）" in text


def change(item: str, before: str | None, after: str | None) -> ChangeRow:
    return ChangeRow(unit="甲局", year="2020", evaluation="甲局", item=item, before=before, after=after)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ((), "上次已有的各项得分没有变化。"),
        (
            (change("总分", "", "88.00"), change("等级", "", "良"), change("数量", "1.00", "2.00")),
            "总分有变化的评价1项，等级有变化的评价1项，指标得分有变化1处。明细见汇总.xlsx。",
        ),
        ((change("预算执行", "9.00", "9.50"),), "预算执行得分有变化1处。明细见汇总.xlsx。"),
    ],
)
def test_the_last_run_is_compared_in_words(changes: tuple[ChangeRow, ...], text: str) -> None:
    assert text in said(build_overview(bureau(2), changes=changes))


def test_parts_without_content_are_left_out() -> None:
    result = bureau(0, bad=1)
    headings = [section.heading for section in build_editions(build_overview(result))[0].sections]
    assert headings == ["总体情况", "退回修改和未能处理的材料", "常见问题"]


def test_long_rankings_show_the_ends_and_say_what_is_between() -> None:
    pages = build_editions(build_overview(bureau(60, projects=0)))[0]
    (table,) = [b for s in pages.sections for b in s.blocks if isinstance(b, Table) and "排名" in b.name]
    ranked = sum(row.rank is not None for row in build_overview(bureau(60, projects=0)).rows)
    texts = [row.cells[0].text for row in table.body]
    assert texts[12] == f"……（中间{ranked - 17}项见汇总.xlsx）"
    assert len(texts) == 12 + 1 + 5


def test_projects_name_their_unit(overview: Overview) -> None:
    tables = [b for s in build_editions(overview)[0].sections for b in s.blocks if isinstance(b, Table)]
    (projects,) = [table for table in tables if table.name == "项目排名"]
    first = overview.of_kind(PROJECT)[0]
    assert projects.body[0].cells[1].text == f"{first.unit}　{first.name}"


def test_before_year_end_the_outlook_is_summed_up_and_nothing_ranked():
    result = bureau(3, as_of="6月底", bad=0)
    words = ("确定能", "有可能", None)
    for entry in result["units"]:
        for evaluation in entry["evaluations"]:
            evaluation |= {"total": None, "full": None, "grade": None, "not_scored": "截至6月底为绩效运行监控"}
            for place, row in enumerate(evaluation["indicators"]):
                row |= {"status": "unscored", "score": None, "outlook": {"likelihood": words[place % 3]}}
    overview = build_overview(result)
    assert {row.kind for row in overview.rows} == {"monitoring"}
    projects = [row for row in overview.rows if row.likelihoods]
    assert len(projects) == 6, "departments are judged at year end"
    rows = [row for entry in result["units"] for e in entry["evaluations"][1:] for row in e["indicators"]]
    sure, likely, blank = (sum(row["outlook"]["likelihood"] == word for row in rows) for word in words)
    assert sum(row.waiting for row in overview.rows) == blank
    said = build_editions(overview)[0].sections[0].blocks[0].text
    assert f"完成目标可能性：“确定能”{sure}项、“有可能”{likely}项。" in said
    assert f"{blank}项指标待填报运行监控" in said
