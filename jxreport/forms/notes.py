"""填报说明: how the fill-in workbook is filled, in the words of those who fill it."""

from __future__ import annotations

from dataclasses import replace

from jxreport.forms.asks import tier_help
from jxreport.forms.book import Book, Page
from jxreport.forms.style import BLOCK, IDLE, INPUT, LABEL, OPTIONAL, PLAIN, TEXT
from jxreport.model.profile import Profile
from jxreport.number import plain

NOTES_TITLE = "绩效自评完成情况填报表"

_WIDTHS = (19, 124)

_SHEETS = (
    (
        "部门整体支出自评",
        "基本财务数据、年度目标完成情况和各项指标。一行问一件事，问的都是评分要用的数。",
    ),
    ("各项目名称", "每个项目一张预算项目绩效自评表：资金、目标、指标、权重占比、存在问题。"),
    ("资金支出进度表", "各项目到每个时点为止的累计支付数；支出落后于本单位的支出计划时，写明原因和措施。"),
    (
        "运行监控（各时点）",
        "年底以前的时点各一张，到那个时点才填：各项指标的执行情况、全年预计完成情况、完成目标可能性。",
    ),
    ("口径确认", "评分标准有两种以上读法时，在这里选定一种。没有列出的标准不需要确认。"),
)

_RULES = (
    "金额一律以万元为单位。百分数按百分数填写：95%填95（单元格已是百分比格式的，填95%也可以）。",
    "没有发生的填0，不要留空。空白一律视为没有填报，不会当作0，也不会替您补数。",
    "指标确不适用的，在“填报值”（项目表在“单项指标实际完成值”）填“不适用”，并在“偏差原因分析”写明理由；"
    "没有理由的不予剔除。剔除后总分如何折算，报告中会写明。",
    "没有得满分的指标，必须填“偏差原因分析”，并填“改进措施”；实际完成值明显高于指标值的，也要写明原因。原因须如实填写，程序不会代写。",
    "“人工评分”只在评分标准要由人评定时填写，所填分数不得超过该指标的分值。",
    "“单项指标得分”“折算得分”“预算执行进度”由程序计算，不用填。",
    "项目各项指标的“权重占比”与预算执行率的权重相加应为100。",
    "需要修改锁定的格子时，可撤销工作表保护（没有密码）；请不要改动表头和序号。",
)

_AFTERWARDS = "填好保存后，把本工作簿和绩效目标表放在同一文件夹，运行 jxreport report 即生成报告。"


def write_notes(book: Book, profile: Profile, *, unit: str = "", year: int | None = None) -> None:
    """Write 填报说明 for `profile`: legend, sheets, rules of filling, tiers, checkpoints."""
    page = book.page("填报说明", _WIDTHS)
    page.heading(NOTES_TITLE)
    page.line([(0, 1, "单位", LABEL), (1, 1, unit, TEXT)])
    page.line([(0, 1, "年度", LABEL), (1, 1, f"{year}年度" if year else "", TEXT)])
    page.line([(0, 1, "口径", LABEL), (1, 1, f"{profile.title}，版本 {profile.version}", TEXT)])
    _legend(page)
    page.line([(0, 2, "各表填什么", BLOCK)])
    for name, text in _SHEETS:
        page.line([(0, 1, name, LABEL), (1, 1, text, TEXT)])
    page.line([(0, 2, "填报要求", BLOCK)])
    for number, text in enumerate((*_RULES, *_profile_rules(profile)), start=1):
        page.line([(0, 1, str(number), LABEL), (1, 1, text, TEXT)])
    page.line([(0, 2, _AFTERWARDS, PLAIN)])


def _legend(page: Page) -> None:
    page.line([(0, 2, "颜色", BLOCK)])
    page.line([(0, 1, "黄色", replace(INPUT, locked=True)), (1, 1, "必须填写", TEXT)])
    page.line([(0, 1, "浅黄色", replace(OPTIONAL, locked=True)), (1, 1, "有相应情况时填写", TEXT)])
    page.line([(0, 1, "灰色", IDLE), (1, 1, "不用填：由程序计算，或者在别处填报", TEXT)])


def _profile_rules(profile: Profile) -> tuple[str, ...]:
    lights = profile.lights
    causes = "、".join(lights.causes)
    chances = profile.likelihoods
    return (
        f"运行监控的完成目标可能性从{'、'.join(chances.words)}中选填；选{'、'.join(chances.cause_required)}的，"
        "还要填偏差原因类别、原因说明和改进措施。",
        f"定性指标先选完成档次，再在“人工评分”填该档范围内的得分，并简要描述完成情况。{tier_help(profile)}。",
        f"支付进度率（实际支付进度÷计划进度）低于{plain(lights.yellow)}%为黄灯，低于{plain(lights.red)}%为红灯；"
        f"{'、'.join(lights.cause_required)}灯的时点必须选偏差原因类别（{causes}）并写明原因和措施。",
    )
