"""Reports of extreme units, to be looked at and measured: `python -m tests.gallery FOLDER [NAME …]`."""
