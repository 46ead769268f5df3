"""Wording of JX8xx: 批处理."""

from __future__ import annotations

from jxreport.messages.wording import Wording

CODES: dict[str, Wording] = {
    "JX801": Wording(
        "跳过的文件",
        "没有读取这个文件：{why}。",
        "如果它确实是要处理的工作簿，请另存为 .xlsx 并换一个文件名，再运行一次。",
        "RELIABILITY 5",
    ),
    "JX802": Wording(
        "文件正在变化",
        "读取时文件一直在变化，可能正在复制或同步，读到的内容不可靠，因此这次跳过了它。",
        "等复制或同步完成后再运行一次。",
        "RELIABILITY 5",
    ),
    "JX803": Wording(
        "文件打不开",
        "文件打不开：{why}。",
        "请先在 Excel 或 WPS 中关闭它，并确认有读取权限，然后再运行一次。",
        "RELIABILITY 5",
    ),
    "JX804": Wording(
        "程序内部出错",
        "处理到“{stage}”时程序自身出错，这一份没有完成，其他的不受影响。",
        "这不是填报问题。请把日志文件交给维护人员：{log}",
        "RELIABILITY P4",
    ),
    "JX805": Wording(
        "处理超时",
        "“{stage}”超过 {seconds} 秒没有完成，已经停止。工作簿可能带有大片空白格式或异常内容，也可能机器太忙。",
        "把有内容的区域复制到一个新工作簿，再运行一次；机器太忙的，在 jxreport.toml 里把 timeout 设大。",
        "RELIABILITY 5",
    ),
    "JX806": Wording(
        "处理进程中断",
        "处理到“{stage}”时，处理进程被系统终止（多半是内存不足），这一份没有完成。",
        "关闭其他程序，或用 --jobs 1 再运行一次；仍不行时检查工作簿是否过大。",
        "RELIABILITY 5",
    ),
    "JX807": Wording(
        "结果写不进去",
        "没有写成 {path}：{why}。原有的文件（如果有）没有改动。",
        "请确认磁盘有空间、输出文件夹可写，并关闭正在打开的旧报告，然后再运行一次。",
        "RELIABILITY 5",
    ),
    "JX808": Wording(
        "同一单位同一年度出现两份",
        "“{unit}”{year}年度有不止一份材料，这一份的报告另存在“{folder}”。",
        "核对哪一份是正式的，删去另一份再运行一次。",
    ),
    "JX809": Wording(
        "文件过大",
        "文件有 {size} MB，超过 {limit} MB 的上限，没有处理。",
        "删除工作簿中的图片和大片空白格式，另存后再运行一次。",
        "RELIABILITY 2.2",
    ),
    "JX810": Wording(
        "内存超限",
        "“{stage}”用的内存超过 {limit} MB 的上限，已经停止，这一份没有完成。工作簿可能带有大片空白格式或异常内容。",
        "把有内容的区域复制到一个新工作簿，再运行一次；确实需要更多内存时，在 jxreport.toml 里调大 memory。",
        "RELIABILITY 5",
    ),
    "JX811": Wording(
        "集群中的机器与本机不一致",
        "“{stage}”派到的机器与本机不同（{what}），会印出不同的报告，因此没有采用。",
        "请在这台机器上安装与本机相同的 jxreport 和字体包，再运行一次；或者去掉 --scheduler，在本机处理。",
    ),
}
