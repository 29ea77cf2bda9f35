"""The paper as the checks read it: paragraphs, tables, lists, parts, villages, bodies."""
