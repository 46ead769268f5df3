"""Writers: one :class:`Document` in, PDF, XLSX and JSON out.

What: ``pdf.render_pdf``, ``xlsx.render_xlsx``, ``json.result_object``; the same for the overview (``overview_pdf``,
``overview_xlsx``).

Flow (PDF): ``views`` turns blocks into what templates need → Jinja templates (templates/report) → ``press`` lays out
with WeasyPrint, the tokens of the ``look`` and the font pack (``fonts``) → ``splitting`` and ``keeping`` look where pages
break and the layout is made again → ``glyphs`` has said beforehand which characters cannot be drawn. ``charts``
computes SVG coordinates, ``justify`` spreads Chinese lines, ``fetcher`` refuses every address, ``listening`` hears what
WeasyPrint warns of, ``lean`` spares it work that our pages never need, ``writing`` makes the bytes.

Why: two writers of one object cannot disagree, and templates only place what is final: they compute nothing. Any
warning of the layout is a finding, and such a report is not shipped as good. Same document, same bytes.
"""
