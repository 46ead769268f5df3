"""Wording of JX7xx: 成文."""

from __future__ import annotations

from jxreport.messages.wording import Wording

CODES: dict[str, Wording] = {
    "JX701": Wording(
        "排版告警",
        "排版程序报告：{detail}。排版有告警时版面可能缺字、错位，本报告不作为合格文件。",
        "如改动过模板，请恢复原模板后重新生成；未改动模板的，请连同本条信息反馈。",
    ),
    "JX702": Wording(
        "字符无法印出",
        "字符“{char}”（{point}）在字库中没有字形，印出来会是空白或方框。",
        "请核对该字是否录入有误；确需使用的，请用“jxreport doctor”检查字库，补装含该字的字体后重新生成。",
        "GB 18030-2022",
    ),
    "JX703": Wording(
        "模板引用外部资源",
        "模板要求读取“{url}”，已拦截。报告不得依赖外部文件或网络。",
        "请从模板中删除对外部图片、字体、样式的引用。",
        "DA/T 47-2009",
    ),
    "JX704": Wording(
        "文字过长",
        "单元格文字共{length}字，超过{limit}字，报告只印出前{limit}字。",
        "请精简该单元格文字；完整内容见工作簿。",
    ),
    "JX705": Wording(
        "使用备用字体",
        "字符{chars}不在正文字库中，已用备用字体印出，字形风格略有不同。",
        "无须处理；如需统一字形，请改用通用规范汉字。",
        "GB/T 9704-2012",
    ),
    "JX706": Wording(
        "缺少公文字体",
        "未找到字库，报告改用系统字体排印，字体和每页行数可能不符合公文格式。",
        "请运行“make setup”安装字库，或用环境变量 JXREPORT_FONTS 指定字库文件夹后重新生成。",
        "GB/T 9704-2012",
    ),
    "JX707": Wording(
        "表格行数过多",
        "表“{table}”共{rows}行，超过{limit}行，报告只印出前{limit}行，完整内容见同名工作簿。",
        "请将单位拆分填报，或以工作簿报送完整内容。",
    ),
    "JX751": Wording(
        "工作簿单元格文字过长",
        "文字共{length}字，超过电子表格单元格上限{limit}字，工作簿中只写入前面部分。",
        "完整内容见PDF；请精简该处文字。",
    ),
    "JX752": Wording(
        "得分未带公式",
        "指标“{name}”的得分为{score}分，其计分办法不能写成公式，工作簿单元格中是数值，改动数据后不会自动重算。",
        "无须处理；改动数据后请重新生成报告。",
    ),
    "JX708": Wording(
        "报告大纲有误",
        "自定义的报告大纲在“{place}”处有误：{why}。大纲读不懂时不生成报告。",
        "请对照说明文档改正大纲文件，或删除该文件以使用内置大纲。",
    ),
    "JX709": Wording(
        "版式设置有误",
        "自己的 report/tokens.toml 在“{place}”处有误：{why}版式设置读不懂时不生成报告。",
        "请改正这一处，或删去这一行，用自带的值。",
    ),
    "JX710": Wording(
        "缺少排版程序库",
        "本机没有排版用的程序库 Pango（缺少 {detail}），PDF 做不出来。",
        "请安装后再运行一次。Debian、Ubuntu、统信、麒麟：apt-get install libpangoft2-1.0-0 libharfbuzz-subset0；"
        "Windows：安装 MSYS2 后运行 pacman -S mingw-w64-x86_64-pango，再把 C:\\msys64\\mingw64\\bin 加入 PATH。"
        "装好与否用 jxreport doctor 检查。",
    ),
    "JX711": Wording(
        "合并单元格跨页",
        "表“{table}”有合并的单元格跨在两页上，后一页没有重复它的文字。",
        "请精简该表中很长的文字，或把表拆开填报。",
    ),
}
