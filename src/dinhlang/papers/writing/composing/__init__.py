"""Papers out of data: each module makes the tree of one kind of paper."""
