"""A plan made visible: the paper with its marks, the items as cards, the items as a workbook."""
