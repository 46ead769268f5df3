"""Wording of JX4xx: 评分标准. `text` is the issue in words, `suggestion` a better wording of the sentence."""

from __future__ import annotations

from jxreport.messages.wording import Wording

CODES: dict[str, Wording] = {
    "JX400": Wording(
        "评分标准记录无效",
        "这一条记录不能处理：{text}。",
        "请按“规则、分值、填报数据”的格式重新提交。",
    ),
    "JX401": Wording(
        "评分标准不能自动计分",
        "指标“{name}”的评分标准没有完全读懂：{text}。程序不猜测，不给分，留待人工评分。",
        "请改写评分标准，或在“人工评分”栏填写得分并写明依据。",
        norm="E22",
    ),
    "JX402": Wording(
        "评分标准由人掌握",
        "指标“{name}”的评分标准留有裁量：{text}。",
        "请由评价人员评分，把分数填入“人工评分”栏并写明依据。",
    ),
    "JX403": Wording(
        "分档有缺口",
        "指标“{name}”的评分标准有缺口：{text}。实际值落在缺口里时无法计分。",
        "{suggestion}。",
        norm="E22",
    ),
    "JX404": Wording(
        "分档重叠",
        "指标“{name}”的评分标准有重叠：{text}。实际值正好在那里时得分不唯一。",
        "{suggestion}。",
        norm="E22",
    ),
    "JX405": Wording(
        "分档上下限颠倒",
        "指标“{name}”的评分标准写反了：{text}。",
        "{suggestion}。",
        norm="E22",
    ),
    "JX406": Wording(
        "扣分超过分值",
        "指标“{name}”：{text}。",
        "请在评分标准句末写明“扣完为止”；如允许负分，请写明“可出现负分”。",
    ),
    "JX407": Wording(
        "得分合计与分值不符",
        "指标“{name}”：{text}。",
        "{suggestion}。",
        norm="E23",
    ),
    "JX408": Wording(
        "公式括号不配对",
        "指标“{name}”：{text}。",
        "请核对绩效指标描述里的公式，补全括号。",
    ),
    "JX409": Wording(
        "评分标准有衍字",
        "指标“{name}”：{text}。",
        "请改正评分标准的文字。",
    ),
    "JX410": Wording(
        "没有写明未达标的得分",
        "指标“{name}”：{text}。",
        "请在评分标准里写明未达到时如何得分，例如“否则不得分”。",
    ),
    "JX411": Wording(
        "没有写明是否封顶",
        "指标“{name}”：{text}。",
        "请在评分标准里写明超额完成时是否封顶。",
    ),
    "JX412": Wording(
        "条款作用于整个考核",
        "指标“{name}”：{text}。",
        "请按有关规定在总体评价中处理，不在本项折算。",
    ),
    "JX413": Wording(
        "分档只按整数划分",
        "指标“{name}”：{text}。",
        "{suggestion}。",
        norm="E22",
    ),
    "JX414": Wording(
        "不足一档如何计没有写明",
        "指标“{name}”：{text}。实际值正好是整档时不受影响。",
        "{suggestion}。",
    ),
    "JX415": Wording(
        "满分达不到",
        "指标“{name}”：{text}。",
        "{suggestion}。",
        norm="E23",
    ),
    "JX416": Wording(
        "没有写明扣到几分为止",
        "指标“{name}”：{text}。扣分合计超过分值时按0分计。",
        "{suggestion}。",
    ),
    "JX417": Wording(
        "百分点还是百分比没有写明",
        "指标“{name}”：{text}。",
        "{suggestion}。",
    ),
    "JX418": Wording(
        "界线或分数低得可疑",
        "指标“{name}”：{text}。界线漏掉一位数字时，绝大多数实际值都会得满分，得分不可信。",
        "请对照原文件核对这个数字，确认无误后保留，否则改正。",
    ),
    "JX419": Wording(
        "实际值正好在界上",
        "指标“{name}”：{text}。包括本数与不包括本数时得分不同。",
        "请核对制定评分标准时“以上”“以下”是否包括本数，并写明“含”或“不含”。",
    ),
}
