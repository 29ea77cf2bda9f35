"""A set as a table an official can fill: columns, words of its cells, to and from the law."""
