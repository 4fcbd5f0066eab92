__thread int elsewhere = 3;
int from_other_file(const char **s) { *s = "shared string"; return elsewhere; }
