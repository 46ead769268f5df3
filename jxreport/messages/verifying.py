"""Wording of JX76x–JX79x: 核验报告.

JX76x: the report could not be checked; JX77x, JX78x: it is not consistent; JX79x: checked, with a remark.
"""

from __future__ import annotations

from jxreport.messages.wording import Wording

_ASK_AGAIN = "请向报送单位索取由本程序直接生成的PDF原件，不要用打印、扫描或转换的副本。"
_ASK_WHY = "请退回报送单位说明原因，并要求报送由本程序直接生成的PDF原件。"

CODES: dict[str, Wording] = {
    "JX760": Wording("读不出PDF", "文件不能作为PDF读取：{why}。未作核验。", _ASK_AGAIN),
    "JX761": Wording(
        "超过核验限度",
        "{what}为{size}，超过核验限度{limit}。未作核验。",
        "请核实文件来源；确属正常报告的，请与维护人员联系。",
    ),
    "JX762": Wording("PDF已加密", "PDF设有密码或权限保护，不能读取内容。未作核验。", "请索取未加密的原件。"),
    "JX763": Wording(
        "没有核验数据",
        "PDF中没有内嵌核验数据（{name}），可能不是本程序生成的，或经过打印、扫描、转换。未作核验。",
        _ASK_AGAIN,
    ),
    "JX764": Wording(
        "核验数据有误",
        "内嵌的{name}不符合格式：{why}。未作核验。",
        _ASK_AGAIN,
    ),
    "JX765": Wording(
        "核验数据版本较新",
        "报告的核验数据{why}。本程序版本较旧，未作核验。",
        "请升级本程序后再核验。",
    ),
    "JX766": Wording(
        "内嵌文件重名",
        "PDF中有{count}个名为“{name}”的内嵌文件，无法判断以哪个为准。未作核验。",
        _ASK_AGAIN,
    ),
    "JX767": Wording("核验未完成", "{why}。未作核验。", "请核实文件来源；确属正常报告的，请与维护人员联系。"),
    "JX770": Wording(
        "内嵌文件被改动",
        "内嵌文件“{name}”与生成报告时登记的摘要（SHA-256）不符，生成后被改动过。",
        _ASK_WHY,
    ),
    "JX771": Wording(
        "结果数据与复算不一致",
        "{place}：内嵌结果为“{found}”，由内嵌数据复算为“{expected}”。",
        "请以复算结果为准，" + _ASK_WHY.removeprefix("请"),
    ),
    "JX772": Wording("结果数据结构不一致", "{place}：{why}。", _ASK_WHY),
    "JX773": Wording(
        "填报数据被改动",
        "内嵌的填报数据与生成报告时登记的摘要不符，生成后被改动过。",
        _ASK_WHY,
    ),
    "JX774": Wording(
        "评价口径与本机不同",
        "报告所用口径“{name}”（版本{version}）与本机同名同版本的口径在“{places}”处不同，按改动过的口径得出的分数不能采信。",
        "请核对口径文件；自行修改口径的，应另起名称或改版本号。",
    ),
    "JX775": Wording(
        "工作簿与复算不一致",
        "内嵌工作簿单元格的{what}为“{found}”，应为“{expected}”。",
        _ASK_WHY,
    ),
    "JX776": Wording(
        "印出内容与复算不一致",
        "印出的是“{found}”，应为“{expected}”（在“{before}”之后）。",
        "请对照该页原文，" + _ASK_WHY.removeprefix("请"),
    ),
    "JX777": Wording(
        "应印出的内容缺失",
        "没有找到应印出的内容：“{expected}”。",
        "请对照原文，" + _ASK_WHY.removeprefix("请"),
    ),
    "JX778": Wording(
        "多出的文字",
        "页面上有不属于本报告的文字：“{found}”。后加的文字可能遮盖原文。",
        "请对照该页原文，" + _ASK_WHY.removeprefix("请"),
    ),
    "JX779": Wording(
        "内嵌文件缺失或读不出",
        "内嵌文件“{name}”{why}，不能与复算结果比较。",
        _ASK_WHY,
    ),
    "JX790": Wording(
        "程序版本不同",
        "报告由jxreport {theirs}生成，本机为{ours}，版面和文字说明的差异未计为不一致。",
        "如有得分不一致，请先用与报告相同的版本核验一次。",
    ),
    "JX791": Wording(
        "本机没有该口径",
        "报告所用口径“{name}”（版本{version}）本机没有，按PDF内嵌的口径复算，口径本身未核对。",
        "请用--templates指定存放该口径的文件夹后再核验。",
    ),
    "JX792": Wording(
        "页面上有批注或图片",
        "页面上有{what}，可能遮盖文字，程序不能判断。",
        "请打开该页目视核对；电子印章、签名属正常情况。",
    ),
    "JX793": Wording("其余差异从略", "{where}还有{count}处不一致，未逐一列出。", "请先处理已列出的各处。"),
    "JX794": Wording(
        "版面文字未逐字核对",
        "有{count}段文字与本机模板的写法不同（例如“{example}”），未能逐字核对。",
        "请目视核对这些文字；使用自有模板的，属正常情况。",
    ),
}
