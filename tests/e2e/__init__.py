"""Whole runs over the sample and over what may be wrong with it."""
