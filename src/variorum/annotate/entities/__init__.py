"""Who everybody is: `naming` finds the names, `evidence` and `titles` weigh their kind, `gather` makes entities of one
article, `linking` those of many."""
