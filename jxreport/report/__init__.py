"""Report: scores → document. Pure: no clock, no files; every number comes from the result.

What: :func:`build_document` makes the one object that all writers print.

Flow: the outline (``outlines``, or a bureau's own file) names headings and contents → ``contents`` writes drafts from
``facts`` and ``items`` → ``build`` numbers them (一、（一）1.（1）) and leaves out what has nothing to say → ``annexes`` adds the
official ``forms``, 评分依据, 问题清单 and ``norms`` → ``labels`` puts in the profile's own words. ``cells`` makes table cells,
``fitting`` column widths, ``text`` numbers and lists in prose; ``overview`` does the same for many units.

Why: PDF and XLSX cannot disagree when both print one object; and prose that is made of facts never promises,
excuses or rounds anything on its own.
"""

from jxreport.report.build import build_document, outline_name

__all__ = ["build_document", "outline_name"]
