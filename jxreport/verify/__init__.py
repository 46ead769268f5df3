"""Verification (核验): does a report's PDF still say what follows from the data embedded in it?

`evidence` is the file that travels in the PDF, `compare`, `printed` and `workbook` say where two versions
of the same thing differ, `pdf` takes a PDF from anybody apart, `check` joins them for one file.
"""
