/* run: %idem cc -E -P -std=c89 %s */
/* out: a / b */
a //* x */ b
